import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import * as api from './api';
import { Counters } from './Counters';
import { DropZone } from './DropZone';
import { UploadList } from './UploadList';
import { Uploads, type Upload } from './uploads';
import moon from './moon.svg';

const REFRESH = 10_000;

/** The start page. */
export function App() {
  const [system, setSystem] = useState<api.System>();
  const [statistics, setStatistics] = useState<api.Statistics>();
  const [problem, setProblem] = useState('');
  const [all, setAll] = useState<readonly Upload[]>([]);

  const refresh = useCallback((signal: AbortSignal) => {
    Promise.all([api.system(signal), api.statistics(signal)])
      .then(([about, counts]) => {
        setSystem(about);
        setStatistics(counts);
        setProblem('');
        document.title = `${about.Name} – Ithil`;
      })
      .catch((e: unknown) => {
        if (!signal.aborted) {
          setProblem(e instanceof Error && !(e instanceof TypeError) ? e.message : 'The server cannot be reached.');
        }
      });
  }, []);

  useEffect(() => {
    const control = new AbortController();
    refresh(control.signal);
    const timer = setInterval(() => refresh(control.signal), REFRESH);
    return () => {
      clearInterval(timer);
      control.abort();
    };
  }, [refresh]);

  const soon = useRef(0);
  const refreshSoon = () => {
    clearTimeout(soon.current);
    soon.current = window.setTimeout(() => refresh(new AbortController().signal), 300);
  };
  const uploads = useRef<Uploads>(null);
  uploads.current ??= new Uploads(setAll, refreshSoon);

  return (
    <>
      <header>
        <img src={moon} alt="" width="44" height="44" />
        <div>
          <h1>{system?.Name ?? 'Ithil'}</h1>
          <p class="about">
            {system
              ? `AE title ${system.DicomAet}, DICOM port ${system.DicomPort}; REST API of version ${system.Version}`
              : 'DICOM server'}
          </p>
        </div>
      </header>
      <main>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <Counters statistics={statistics} />
        <section aria-labelledby="store">
          <h2 id="store">Store files</h2>
          <DropZone take={(files) => uploads.current?.add(files)} />
          <UploadList all={all} />
        </section>
        <section aria-labelledby="rest">
          <h2 id="rest">REST API</h2>
          <ul class="links">
            {['system', 'statistics', 'patients', 'studies', 'series', 'instances', 'changes'].map((path) => (
              <li key={path}>
                <a href={api.address(path)}>/{path}</a>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </>
  );
}
