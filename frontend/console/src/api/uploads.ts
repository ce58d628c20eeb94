import type { Upload } from './types';

/** The store of files did not take a file; the message is for the person at the screen. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
}

function reasonOf(request: XMLHttpRequest): string {
  const said = new DOMParser().parseFromString(request.responseText, 'text/xml');
  const code = said.querySelector('Error > Code')?.textContent;
  if (code === 'EntityTooLarge') return 'The file is larger than it was said to be.';
  if (code === 'AccessDenied' || code === 'SignatureDoesNotMatch') {
    return 'The upload was not accepted: it took too long, or the file changed meanwhile. Try again.';
  }
  return `The upload failed (${request.status}). Try again.`;
}

/** Puts a file where a presigned request says, telling how much of it has gone (0 to 1). */
export function putFile(
  file: Blob,
  { method, url, headers }: Upload['upload'],
  onProgress: (done: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how far an upload is.
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      // The browser sets these two itself and refuses to be told.
      if (!/^(host|content-length)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadFailed(reasonOf(request)));
    };
    request.onerror = () => reject(new UploadFailed('The connection was lost during the upload. Try again.'));
    request.send(file);
  });
}
