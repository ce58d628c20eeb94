import { useCallback, useState } from 'react';
import type { ProductImage } from '../api/types';
import { UploadFailed } from '../api/uploads';
import { messageOf } from '../data/errors';
import { useDesk } from '../data/useDesk';
import { pollUntil, TookTooLong } from '../lib/polling';
import { useServices } from '../services';

/** A picture on its way. */
export interface Sending {
  key: number;
  fileName: string;
  alt: string;
  state: 'sending' | 'checking' | 'refused';
  /** How much has gone, 0 to 1. */
  done: number;
  reason?: string;
}

/** How often one asks whether a picture has been looked at, and for how long. */
const PACE = { everyMs: 700, atMostMs: 90_000 };

const REFUSED = 'The file was refused.';

function reasonOf(error: unknown): string {
  if (error instanceof UploadFailed) return error.message;
  if (error instanceof TookTooLong)
    return 'The picture is still being looked at. Reload the page in a minute.';
  return messageOf(error);
}

let lastKey = 0;

/** Sends pictures of a product straight to the store of files and waits until they have been looked at. */
export function useUploads(productId: string, onReady: (image: ProductImage) => void) {
  const desk = useDesk();
  const { putFile } = useServices();
  const [sending, setSending] = useState<readonly Sending[]>([]);

  const patch = useCallback((key: number, changes: Partial<Sending>) => {
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  }, []);
  const drop = useCallback((key: number) => {
    setSending((all) => all.filter((one) => one.key !== key));
  }, []);

  async function send(file: File, alt: string): Promise<void> {
    lastKey += 1;
    const key = lastKey;
    setSending((all) => [...all, { key, fileName: file.name, alt, state: 'sending', done: 0 }]);
    try {
      const { id, upload } = await desk.createImageUpload(productId, {
        fileName: file.name,
        contentType: file.type,
        bytes: file.size,
        alt,
      });
      await putFile(file, upload, (done) => patch(key, { done }));
      patch(key, { state: 'checking', done: 1 });
      const looked = await pollUntil(
        () => desk.getImageUpload(id),
        ({ status }) => status !== 'waiting',
        PACE,
      );
      if (looked.status === 'ready' && looked.image) {
        drop(key);
        onReady(looked.image);
      } else patch(key, { state: 'refused', reason: looked.reason ?? REFUSED });
    } catch (error) {
      patch(key, { state: 'refused', reason: reasonOf(error) });
    }
  }

  return { sending, send, drop };
}
