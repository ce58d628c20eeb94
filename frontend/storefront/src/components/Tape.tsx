import { stopsReached } from '../lib/orders';

const STOPS = ['Placed', 'Paid', 'Made up', 'Sent'] as const;

/** How far an order has come, as a tape measure pulled out to its latest stop. */
export function Tape({ status }: { status: string }) {
  const reached = stopsReached(status);
  const done = (reached / STOPS.length) * 100;
  return (
    <div>
      <div className="relative h-9 overflow-hidden rounded-md bg-iron-200" aria-hidden="true">
        <div
          className="tape h-full rounded-md transition-[width] duration-1000 ease-out-soft"
          style={{ width: `${done}%` }}
        />
        <div
          className="absolute inset-y-0 w-2.5 rounded-r-sm bg-iron-700 transition-[left] duration-1000 ease-out-soft"
          style={{ left: `calc(${done}% - 0.625rem)` }}
        />
      </div>
      <ol className="mt-2 grid grid-cols-4 text-right text-[0.9rem] sm:text-base">
        {STOPS.map((stop, index) => (
          <li
            key={stop}
            aria-current={index === reached - 1 ? 'step' : undefined}
            className={index < reached ? 'font-bold' : 'text-iron-600'}
          >
            {stop}
            <span className="sr-only">{index < reached ? ' (done)' : ' (to come)'}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
