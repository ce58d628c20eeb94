import type { Liveness } from '@ironmonger/realtime/react';

/** That a page keeps itself up to date, and whether it has to ask for that at present. */
export function LiveMark({ liveness }: { liveness: Liveness }) {
  const isCutOff = liveness === 'reconnecting';
  return (
    <p
      className="mt-5 flex items-baseline gap-2.5 text-[0.95rem] text-iron-700"
      data-testid="live"
      data-live={liveness}
    >
      <span
        aria-hidden="true"
        className={`size-2.5 shrink-0 rounded-full ${
          liveness === 'live' ? 'bg-enamel-700' : isCutOff ? 'bg-tape-500' : 'bg-iron-300'
        }`}
      />
      {isCutOff
        ? 'The connection is lost. Until it is back, this page asks every few seconds.'
        : 'This page keeps itself up to date.'}
    </p>
  );
}
