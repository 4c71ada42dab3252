/** The parts of the REST API that these pages use; addresses are relative to /app/. */

const ROOT = '../';

export interface System {
  Name: string;
  Version: string;
  ApiVersion: number;
  DicomAet: string;
  DicomPort: number;
  HttpPort: number;
}

export interface Statistics {
  CountPatients: number;
  CountStudies: number;
  CountSeries: number;
  CountInstances: number;
  TotalDiskSize: string;
}

/** What the server says of a file that it was given. */
export interface Stored {
  ID: string;
  ParentStudy: string;
  Status: 'Success' | 'AlreadyStored' | 'Failure' | 'FilteredOut';
}

/** The address of a resource of the API, as seen from these pages. */
export function address(path: string): string {
  return ROOT + path;
}

async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  const answer = await fetch(address(path), { signal, headers: { Accept: 'application/json' } });
  if (!answer.ok) {
    throw new Error(`The server answered ${answer.status} to ${path}.`);
  }
  return (await answer.json()) as T;
}

export const system = (signal: AbortSignal) => get<System>('system', signal);
export const statistics = (signal: AbortSignal) => get<Statistics>('statistics', signal);

/** Stores a file; tells the share that has been sent, 0 to 1. */
export function store(file: File, progress: (share: number) => void): Promise<Stored[]> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('instances'));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) {
        progress(event.loaded / event.total);
      }
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(storedOf(request.responseText));
      } else {
        reject(new Error(reason(request)));
      }
    };
    request.onerror = () => reject(new Error('The server cannot be reached, or it cut the connection.'));
    request.send(file);
  });
}

/** One object for a DICOM file, an array for a ZIP of them. */
function storedOf(text: string): Stored[] {
  const body = JSON.parse(text) as Stored | Stored[];
  return Array.isArray(body) ? body : [body];
}

function reason(request: XMLHttpRequest): string {
  try {
    const error = JSON.parse(request.responseText) as { Message?: string; Details?: string };
    const said = [error.Message, error.Details].filter((text) => text).join(': ');
    if (said) {
      return said;
    }
  } catch {
    // No JSON: the status must do.
  }
  return request.status === 413 ? 'The file is larger than this server takes.' : `The server answered ${request.status}.`;
}
