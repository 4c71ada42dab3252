import { useEffect, useRef, useState } from 'preact/hooks';
import { filesOf } from './uploads';

/** Where files are dropped; a click or the keyboard opens the choice of files. */
export function DropZone({ take }: { take: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // A drop beside the zone would make the browser leave the page.
    const refuse = (event: DragEvent) => event.preventDefault();
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => {
      window.removeEventListener('dragover', refuse);
      window.removeEventListener('drop', refuse);
    };
  }, []);

  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragEnter={() => setOver(true)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) {
          setOver(false);
        }
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) {
          void filesOf(event.dataTransfer).then(take);
        }
      }}
    >
      <p>Drop DICOM files, folders or ZIP archives here</p>
      <button type="button" onClick={() => input.current?.click()}>
        Choose files …
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to store"
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
