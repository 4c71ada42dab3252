import { address } from './api';
import type { Upload } from './uploads';

/** Rows that are shown: a folder may hold many thousand files. */
const SHOWN = 100;

/** The files on their way, failed ones first, then the newest. */
export function UploadList({ all }: { all: readonly Upload[] }) {
  if (all.length === 0) {
    return null;
  }
  const count = (state: Upload['state']) => all.filter((upload) => upload.state === state).length;
  const [failed, stored, known] = [count('failed'), count('stored'), count('known')];
  const finished = failed + stored + known;
  const rows = [
    ...all.filter((upload) => upload.state === 'failed'),
    ...all.filter((upload) => upload.state === 'sending'),
    ...all.filter((upload) => upload.state !== 'failed' && upload.state !== 'sending').reverse(),
  ];
  return (
    <div class="uploads">
      <p role="status">
        {finished} of {all.length} done: {stored} stored, {known} here already, {failed} failed
      </p>
      <progress class="total" max={all.length} value={finished} aria-label="All files" />
      <ul>
        {rows.slice(0, SHOWN).map((upload) => (
          <Row key={upload.id} upload={upload} />
        ))}
      </ul>
      {rows.length > SHOWN && <p class="more">and {rows.length - SHOWN} more</p>}
    </div>
  );
}

function Row({ upload }: { upload: Upload }) {
  return (
    <li class={upload.state}>
      <span class="file">{upload.file.webkitRelativePath || upload.file.name}</span>
      {upload.state === 'sending' ? (
        <progress max={1} value={upload.sent} aria-label={`Sending ${upload.file.name}`} />
      ) : (
        <span class="note">
          {upload.state === 'waiting' ? 'Waiting' : upload.note}
          {upload.study && (
            <>
              {' '}
              <a href={address(`studies/${upload.study}`)}>study</a>
            </>
          )}
        </span>
      )}
    </li>
  );
}
