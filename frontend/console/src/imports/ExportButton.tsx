import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import { useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import type { CsvPage } from '../data/desk';
import { messageOf } from '../data/errors';

function save(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/** Downloads records as CSV, put together of as many pages as it takes. */
export function ExportButton({
  what,
  fileName,
  fetchPage,
}: {
  /** As "is downloaded" goes on with it: `The catalogue is`. */
  what: string;
  /** Without date and ending. */
  fileName: string;
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<CsvPage>;
}) {
  const notify = useNotify();
  const [pages, setPages] = useState<number>();
  const stop = useRef<AbortController>(undefined);

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    const csv: string[] = [];
    try {
      let cursor: string | undefined;
      do {
        setPages(csv.length);
        const page = await fetchPage(cursor, controller.signal);
        csv.push(page.csv);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      // The pages put together are one file: only the first has the header.
      save(csv.join(''), `${fileName}-${new Date().toISOString().slice(0, 10)}.csv`);
      notify(`${what} downloaded.`, { type: 'success' });
    } catch (error) {
      if (!controller.signal.aborted) notify(messageOf(error), { type: 'error' });
    } finally {
      setPages(undefined);
    }
  };

  if (pages !== undefined) {
    return (
      <Button variant="outlined" onClick={() => stop.current?.abort()}>
        Exporting{pages > 0 ? `, ${pages} ${pages === 1 ? 'page' : 'pages'}` : ''} · Stop
      </Button>
    );
  }
  return (
    <Button variant="outlined" startIcon={<DownloadIcon />} onClick={run}>
      Export CSV
    </Button>
  );
}
