#!/usr/bin/env python3
"""Writes the tables of package org.ithil.dicom.deidentification.

    python3 tools/generate-deidentification.py [--standard DIR] [--reference DIR]

Run it in the root of the repository. Only the standard library of Python 3 is used. The same input gives the same bytes.

Input
  --standard DIR   innolitics-2024e/confidentiality_profile_attributes.json: PS3.15 Table E.1-1 with all its options; and the
                   private dictionaries pydicom-2024d/private_elements.json and dcmtk-2026b/private.dic, by which the list of
                   safe private attributes below is checked. Default ../../shared/data/dicom-standard, or ../shared/...
  --reference DIR  anonymization-profiles.tsv: what the profiles of the reference do to each tag, as seen.
                   Default ../../shared/reference, or ../shared/reference

Output, below dicom/src/main/resources/org/ithil/dicom/deidentification
  reference-profiles.tsv  tag; a letter for each of 2008, 2017c, 2021b, 2023b: K kept, X removed, Z emptied, E emptied sequence,
                          U new UID, R replaced by the program
  standard-profile.tsv    tag (50xx,xxxx 60xx,3000 60xx,4000 are patterns); action; a letter for each option, in the order of
                          OPTIONS: K keep, C clean, - nothing. Private attributes are no row: X, and C with the first option.
  safe-private.tsv        group, last two digits of the element, VR, creator
"""
import argparse, csv, json, os, re

TARGET = 'dicom/src/main/resources/org/ithil/dicom/deidentification'
OPTIONS = ['rtnSafePrivOpt', 'rtnUIDsOpt', 'rtnDevIdOpt', 'rtnInstIdOpt', 'rtnPatCharsOpt', 'rtnLongFullDatesOpt',
           'rtnLongModifDatesOpt', 'cleanDescOpt', 'cleanStructContOpt', 'cleanGraphOpt']

# Of the safe private attributes of PS3.15 E.3.10, which the data of the standard lacks: those with numbers and code strings
# only, typed from knowledge of the table. Those that a private dictionary does not know with such a VR are left out.
SAFE = '''
7053,00 Philips PET Private Group
7053,09 Philips PET Private Group
00e1,21 ELSCINT1
01e1,26 ELSCINT1
01e1,50 ELSCINT1
01f1,01 ELSCINT1
01f1,07 ELSCINT1
01f1,26 ELSCINT1
01f1,27 ELSCINT1
0019,23 GEMS_ACQU_01
0019,24 GEMS_ACQU_01
0019,27 GEMS_ACQU_01
0025,07 GEMS_SERS_01
0043,39 GEMS_PARM_01
0043,6f GEMS_PARM_01
0045,01 GEMS_HELIOS_01
0045,02 GEMS_HELIOS_01
0903,10 GEIIS PACS
0903,11 GEIIS PACS
0903,12 GEIIS PACS
2001,03 Philips Imaging DD 001
2001,04 Philips Imaging DD 001
2005,0d Philips MR Imaging DD 001
2005,0e Philips MR Imaging DD 001
0019,0c SIEMENS MR HEADER
0019,0d SIEMENS MR HEADER
0019,0e SIEMENS MR HEADER
0019,27 SIEMENS MR HEADER
'''
HARMLESS = {'CS', 'DS', 'FD', 'FL', 'IS', 'SL', 'SS', 'UL', 'US'}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = next((d for d in ('../shared', '../../shared') if os.path.isdir(d)), '../shared')
    parser.add_argument('--standard', default=shared + '/data/dicom-standard')
    parser.add_argument('--reference', default=shared + '/reference')
    return parser.parse_args()


def write(name, lines):
    with open(os.path.join(TARGET, name), 'w', encoding='utf-8', newline='\n') as f:
        f.write(''.join(line + '\n' for line in lines))


def reference(folder):
    with open(os.path.join(folder, 'anonymization-profiles.tsv'), encoding='utf-8') as f:
        return [r['tag'].lower() + '\t' + r['2008'] + r['2017c'] + r['2021b'] + r['2023b']
                for r in csv.DictReader(f, delimiter='\t')]


def standard(folder):
    with open(os.path.join(folder, 'innolitics-2024e', 'confidentiality_profile_attributes.json'), encoding='utf-8') as f:
        rows = json.load(f)
    lines = []
    for row in rows:
        if not re.fullmatch('[0-9a-fx]{8}', row['id']):
            continue
        letters = ''.join(row.get(option, '-') for option in OPTIONS)
        lines.append(row['id'][:4] + ',' + row['id'][4:] + '\t' + row['basicProfile'] + '\t' + letters)
    return sorted(lines)


def safe(folder):
    known = set()
    with open(os.path.join(folder, 'pydicom-2024d', 'private_elements.json'), encoding='utf-8') as f:
        for e in json.load(f):
            known.add((e['tag'][:4].lower(), e['tag'][-2:].lower(), e['creator'], e['vr']))
    with open(os.path.join(folder, 'dcmtk-2026b', 'private.dic'), encoding='utf-8', errors='replace') as f:
        for m in re.finditer(r'^\(([0-9a-f]{4}),"([^"]*)",([0-9a-f]{2})\)\t(\w\w)', f.read(), re.I | re.M):
            known.add((m[1].lower(), m[3].lower(), m[2], m[4]))
    lines = []
    for line in SAFE.split('\n'):
        if line:
            tag, creator = line.split(' ', 1)
            group, element = tag.split(',')
            lines += [f'{group}\t{element}\t{vr}\t{creator}' for g, e, c, vr in known
                      if (g, e, c) == (group, element, creator) and vr in HARMLESS]
    return sorted(lines)


def main():
    a = arguments()
    os.makedirs(TARGET, exist_ok=True)
    write('reference-profiles.tsv', reference(a.reference))
    write('standard-profile.tsv', standard(a.standard))
    write('safe-private.tsv', safe(a.standard))


main()
