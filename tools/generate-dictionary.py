#!/usr/bin/env python3
"""Writes the dictionary of module dicom: its resources and its generated Java sources.

    python3 tools/generate-dictionary.py [--standard DIR] [--dcmtk DIR] [--compat DIR]

Run it in the root of the repository. Only the standard library of Python 3 is used. The same input gives the same bytes.

Input (nothing is typed by hand)
  --dcmtk DIR     dicom.dic and private.dic of DCMTK 3.6.7 (Debian package libdcmtk17): VRs, and the names that clients of
                  the reference expect. Default /usr/share/libdcmtk17
  dcmdump         of DCMTK 3.6.7 (Debian package dcmtk): which UIDs it knows by name
  --standard DIR  tables of the standard: dcmtk-2026b/dicom.dic, pydicom-2024d/{elements,uids}.json and
                  innolitics-2024e/attributes.json, for tags that DCMTK 3.6.7 lacks and for all UIDs.
                  Default ../../shared/data/dicom-standard, or ../shared/data/dicom-standard
  --compat DIR    the recording dimse-association: storage SOP classes that the reference takes. Default beside the above

Output, below dicom/src/main
  resources/org/ithil/dicom/dictionary/standard-tags.bin, private-tags.bin (layout: class DictionaryTable), uids.tsv
  java/org/ithil/dicom/dictionary/Tag.java, Uid.java
"""
import argparse, json, os, re, struct, subprocess, sys, tempfile

PACKAGE = 'org/ithil/dicom/dictionary'
JAVA = os.path.join('dicom/src/main/java', PACKAGE)
RESOURCES = os.path.join('dicom/src/main/resources', PACKAGE)
SIGN, WORDS = 0x8000, 0x80  # marks in the VR column: US or SS by Pixel Representation; OB or OW
# How DCMTK writes what the standard leaves open, as the VR that implicit VR data is read with (PS3.5 A.1).
OPEN_VRS = {'xs': ('US', SIGN), 'ox': ('OW', WORDS), 'px': ('OW', WORDS), 'lt': ('OW', SIGN), 'up': ('UL', 0), 'na': ('UN', 0)}
STANDARD_VRS = {'US or SS': 'xs', 'OB or OW': 'ox', 'US or OW': 'lt', 'US or SS or OW': 'lt'}
PARITY = {None: 0, '': 0, 'o': 1, 'u': 2}  # DCMTK: without a letter a range holds even numbers only


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = next((d for d in ('../shared', '../../shared') if os.path.isdir(d)), '../shared')
    parser.add_argument('--standard', default=shared + '/data/dicom-standard')
    parser.add_argument('--dcmtk', default='/usr/share/libdcmtk17')
    parser.add_argument('--compat', default=shared + '/compat')
    return parser.parse_args()


def load(*path):
    with open(os.path.join(*path), encoding='utf-8') as f:
        return json.load(f)


def lines(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def number_range(text):
    """'6000-60FF' or '0010-u-00FF' or '0010' -> (low, high, parity)"""
    match = re.fullmatch(r'([0-9A-Fa-f]+)(?:-(?:([ou])-)?([0-9A-Fa-f]+))?', text)
    low = int(match[1], 16)
    return (low, low, 2) if match[3] is None else (low, int(match[3], 16), PARITY[match[2]])


def multiplicity(text):
    """'1' '2-n' '3-3n' -> (min, max), max 0 if unbounded"""
    low, _, high = text.partition('-')
    high = high or low
    return (int(low), 0) if high.endswith('n') else (int(low), int(high))


class Entry:
    def __init__(self, creator, group, element, vr, name, vm):
        # the reference shows names without blanks, and this one as if it were not retired
        name = 'OtherPatientIDs' if name == 'RETIRED_OtherPatientIDs' else name.replace(' ', '')
        self.creator, self.group, self.element, self.name = creator, group, element, name
        base, mark = OPEN_VRS.get(vr, (vr, 0))
        self.vr = (ord(base[0]) << 8 | ord(base[1])) | mark
        self.vm_min, self.vm_max = multiplicity(vm)

    def is_range(self):
        return self.group[0] != self.group[1] or self.element[0] != self.element[1]

    def tag(self):
        return self.group[0] << 16 | self.element[0]


def dic(path):
    """Entries of a DCMTK dictionary; a later one replaces an earlier one of the same tag."""
    entries = {}
    for fields in lines(path):
        tag, vr, name, vm = fields[:4]
        match = re.fullmatch(r'\(([^,]+),(?:"([^"]*)",)?([^,)]+)\)', tag)
        creator = match[2] or ''
        entry = Entry(creator, number_range(match[1]), number_range(match[3]), vr, name, vm)
        entries[creator, entry.group, entry.element] = entry
    return list(entries.values())


def standard_entries(args):
    entries = dic(os.path.join(args.dcmtk, 'dicom.dic'))
    known = {e.tag() for e in entries if not e.is_range()}
    ranges = [e for e in entries if e.is_range()]

    def covered(entry):
        if entry.tag() in known:
            return True
        return any(inside(entry.group[0], r.group) and inside(entry.element[0], r.element) for r in ranges)

    def add(entry):
        if not entry.is_range() and not covered(entry):
            known.add(entry.tag())
            entries.append(entry)

    for entry in dic(os.path.join(args.standard, 'dcmtk-2026b/dicom.dic')):
        add(entry)
    more = [(e['tag'], e['vr'], e['vm'], e['keyword'], e['retired']) for e in load(args.standard, 'pydicom-2024d/elements.json')]
    more += [(a['id'], a['valueRepresentation'], a['valueMultiplicity'], a['keyword'], a['retired'] == 'Y') for a in load(args.standard, 'innolitics-2024e/attributes.json')]
    for tag, vr, vm, keyword, retired in more:
        vr = STANDARD_VRS.get(vr, vr)
        if re.fullmatch('[0-9A-Fa-f]{8}', tag) and re.fullmatch('[A-Za-z]{2}', vr) and keyword and not tag.upper().startswith('FFFE'):
            vm = re.fullmatch(r'(\d+(?:-(?:\d*n|\d+))?)(?: or .*)?', vm)
            group, element = int(tag[:4], 16), int(tag[4:], 16)
            add(Entry('', (group, group, 2), (element, element, 2), vr, ('RETIRED_' if retired else '') + keyword, vm[1] if vm else '1'))
    return entries


def inside(number, limits):
    low, high, parity = limits
    return low <= number <= high and (parity == 2 or number % 2 == parity)


def write_table(name, entries):
    creators = sorted({e.creator for e in entries})
    index = {c: i for i, c in enumerate(creators)}
    exact = sorted((e for e in entries if not e.is_range()), key=lambda e: (index[e.creator], e.tag()))
    ranges = [e for e in entries if e.is_range()]
    ordered = exact + ranges
    out = bytearray(b'ITD1') + struct.pack('>i', len(creators))
    for creator in creators:
        data = creator.encode('ascii')
        out += struct.pack('>H', len(data)) + data
    out += struct.pack('>ii', len(exact), len(ranges))
    for e in exact:
        out += struct.pack('>Q', index[e.creator] << 32 | e.tag())
    for e in ranges:
        out += struct.pack('>7H', index[e.creator], *e.group, *e.element)
    for e in ordered:
        out += struct.pack('>3H', e.vr, e.vm_min, e.vm_max)
    blob, offsets, seen = bytearray(), [], {}
    for e in ordered:
        data = e.name.encode('ascii')
        if data not in seen:
            seen[data] = len(blob)
            blob += struct.pack('>H', len(data)) + data
        offsets.append(seen[data])
    out += struct.pack(f'>{len(offsets)}i', *offsets)
    by_name = sorted(range(len(ordered)), key=lambda i: (ordered[i].name.encode(), i))
    out += struct.pack(f'>{len(by_name)}i', *by_name)
    out += struct.pack('>i', len(blob)) + blob
    with open(os.path.join(RESOURCES, name), 'wb') as f:
        f.write(out)
    print(f'{name}: {len(exact)} entries, {len(ranges)} ranges, {len(creators)} creators, {len(out)} bytes')


def known_to_dcmtk(uids):
    """UIDs that dcmdump prints by name."""
    def element(group, number, vr, value):
        value += b'\0' * (len(value) % 2)
        return struct.pack('<HH', group, number) + vr + struct.pack('<H', len(value)) + value
    items = b''.join(struct.pack('<HHI', 0xfffe, 0xe000, len(e)) + e for e in (element(8, 0x1150, b'UI', u.encode()) for u in uids))
    data = struct.pack('<HH2sHI', 8, 0x1140, b'SQ', 0, len(items)) + items
    with tempfile.NamedTemporaryFile() as f:
        f.write(data)
        f.flush()
        text = subprocess.run(['dcmdump', '--read-dataset', '--read-xfer-little', f.name], check=True, capture_output=True, text=True).stdout
    shown = re.findall(r'\(0008,1150\) UI (\S+)', text)
    assert len(shown) == len(uids), (len(shown), len(uids))
    return {uid for uid, value in zip(uids, shown) if value.startswith('=')}


def recorded_storage(args):
    """SOP classes of the storage probes of dimse-association that the reference accepted."""
    scenario = load(args.compat, 'scenarios/dimse-association.json')
    expected = load(args.compat, 'expected/dimse-association.json')
    accepted, probed = set(), set()
    for step in scenario['steps']:
        if step['id'].startswith('classes-storage-'):
            proposed = json.loads(step['exec'][-1])['contexts']
            for (uid, _), (result, _) in zip(proposed, expected[step['id']]['value']['contexts']):
                probed.add(uid)
                if result == 0:
                    accepted.add(uid)
    return accepted, probed


def write_uids(args):
    uids = load(args.standard, 'pydicom-2024d/uids.json')
    known = known_to_dcmtk([u['uid'] for u in uids])
    accepted, probed = recorded_storage(args)
    rows, storage = [], 0
    for u in sorted(uids, key=lambda u: [int(x) for x in u['uid'].split('.')]):
        newer = u['uid'] in probed and u['uid'] not in known  # a storage class later than DCMTK 3.6.7
        is_storage = u['type'] == 'SOP Class' and (u['uid'] in accepted or newer)
        storage += is_storage
        marks = ('R' if u['retired'] else '') + ('S' if is_storage else '') + ('K' if u['uid'] in known else '')
        rows.append('\t'.join((u['uid'], u['type'], marks, u['keyword'], u['name'])))
    missing = accepted - {u['uid'] for u in uids}
    assert not missing, missing
    with open(os.path.join(RESOURCES, 'uids.tsv'), 'w', encoding='utf-8') as f:
        f.write('# UID, type, marks (R retired, S storage SOP class, K known to DCMTK 3.6.7), keyword, name. Generated by tools/generate-dictionary.py\n')
        f.write('\n'.join(rows) + '\n')
    print(f'uids.tsv: {len(rows)} UIDs, {len(known)} known to DCMTK, {storage} storage classes')
    return uids


def keyword_of(name):
    return re.sub('^(RETIRED_|ACR_NEMA_)', '', name)


def write_java(name, about, members):
    with open(os.path.join(JAVA, name + '.java'), 'w', encoding='utf-8') as f:
        f.write('// Generated by tools/generate-dictionary.py; to change it, run that again.\n')
        f.write(f'package org.ithil.dicom.dictionary;\n\n/** {about} */\npublic final class {name} {{\n  private {name}() {{}}\n\n')
        # lines longer than 100 columns are broken as the formatter of the house does it
        f.write('\n'.join('  ' + m if len(m) <= 98 else '  ' + m.replace(' = ', ' =\n      ') for m in members) + '\n}\n')
    print(f'{name}.java: {len(members)} constants')


def write_tags(entries):
    chosen = {}
    for e in sorted(entries, key=lambda e: (e.name.startswith('RETIRED_'), e.is_range(), e.tag())):
        keyword = keyword_of(e.name)
        if e.group[2] == 1 or (e.is_range() and e.element[2] == 2 and e.element[0] != e.element[1]) or e.group == (0, 0xffff, 2):
            continue  # groups of private data, group lengths
        if re.fullmatch('[A-Za-z][A-Za-z0-9]*', keyword):
            chosen.setdefault(keyword, e.tag())
        else:
            print('no constant for', e.name)
    members = [f'public static final int {k} = 0x{t:08x};' for k, t in sorted(chosen.items(), key=lambda x: (x[1], x[0]))]
    write_java('Tag', 'Tags of PS3.6 and PS3.7 by their keywords; of repeating groups the first.', members)


def write_uid_constants(uids):
    kept = [u for u in uids if re.fullmatch('[A-Za-z][A-Za-z0-9_]*', u['keyword']) and u['type'] in ('SOP Class', 'Meta SOP Class', 'Transfer Syntax', 'Well-known SOP Instance', 'Application Context Name')]
    members = [f'public static final String {u["keyword"]} = "{u["uid"]}";' for u in sorted(kept, key=lambda u: [int(x) for x in u['uid'].split('.')])]
    write_java('Uid', 'UIDs of PS3.6 A by their keywords: SOP classes, transfer syntaxes, well-known instances.', members)


def main():
    args = arguments()
    os.makedirs(JAVA, exist_ok=True)
    os.makedirs(RESOURCES, exist_ok=True)
    entries = standard_entries(args)
    write_table('standard-tags.bin', entries)
    write_table('private-tags.bin', dic(os.path.join(args.dcmtk, 'private.dic')))
    write_tags(entries)
    write_uid_constants(write_uids(args))


if __name__ == '__main__':
    sys.exit(main())
