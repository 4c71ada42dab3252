import { store } from './api';

/** One file on its way. */
export interface Upload {
  readonly id: number;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'stored' | 'known' | 'failed';
  /** Share that has been sent, 0 to 1. */
  readonly sent: number;
  /** What to tell about it. */
  readonly note: string;
  /** The study to look at, once it is stored. */
  readonly study?: string;
}

const AT_A_TIME = 4;

/** Sends files, a few at a time, and tells each change. */
export class Uploads {
  private all: Upload[] = [];
  private running = 0;
  private next = 0;
  private told = false;

  constructor(
    private readonly changed: (all: readonly Upload[]) => void,
    private readonly done: () => void,
  ) {}

  add(files: readonly File[]): void {
    for (const file of files) {
      this.all.push({ id: this.all.length, file, state: 'waiting', sent: 0, note: '' });
    }
    this.tell();
    while (this.running < AT_A_TIME && this.next < this.all.length) {
      this.running++;
      void this.work();
    }
  }

  private async work(): Promise<void> {
    for (let upload = this.all[this.next++]; upload; upload = this.all[this.next++]) {
      const { id, file } = upload;
      this.set(id, { state: 'sending' });
      try {
        const stored = await store(file, (sent) => this.set(id, { sent }));
        const fresh = stored.filter((one) => one.Status === 'Success').length;
        const first = stored[0];
        this.set(id, {
          state: fresh > 0 ? 'stored' : 'known',
          sent: 1,
          note: summary(stored.length, fresh),
          ...(first ? { study: first.ParentStudy } : {}),
        });
      } catch (problem) {
        this.set(id, { state: 'failed', note: problem instanceof Error ? problem.message : String(problem) });
      }
      this.done();
    }
    this.running--;
    this.next = Math.min(this.next, this.all.length);
  }

  private set(id: number, change: Partial<Upload>): void {
    const upload = this.all[id];
    if (upload) {
      this.all[id] = { ...upload, ...change };
      this.tell();
    }
  }

  /** A few times a second at most: thousands of files change more often. */
  private tell(): void {
    if (!this.told) {
      this.told = true;
      setTimeout(() => {
        this.told = false;
        this.changed([...this.all]);
      }, 60);
    }
  }
}

function summary(total: number, fresh: number): string {
  if (total === 0) {
    return 'Nothing in it that could be stored';
  }
  if (total === 1) {
    return fresh === 1 ? 'Stored' : 'Was here already';
  }
  return fresh === total ? `${total} instances stored` : `${fresh} of ${total} instances new`;
}

/** The files of a drop, those in folders too. */
export async function filesOf(drop: DataTransfer): Promise<File[]> {
  const entries = [...drop.items].map((item) => item.webkitGetAsEntry());
  const files: File[] = [];
  for (const entry of entries) {
    if (entry) {
      await collect(entry, files);
    }
  }
  return files.length > 0 ? files : [...drop.files];
}

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (entry.isFile) {
    files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return;
    }
    for (const one of some) {
      await collect(one, files);
    }
  }
}
