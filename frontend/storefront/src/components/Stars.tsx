import type { Rating } from '@ironmonger/api';

const PATH = 'm12 2.6 2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.1-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z';
const FIVE = [0, 1, 2, 3, 4];

/** Stars from 0 to 5, parts of one included; the number in words is for who cannot see them. */
export function Stars({ value, size = 'w-24' }: { value: number; size?: string }) {
  return (
    <span
      className={`inline-block ${size}`}
      role="img"
      aria-label={`${Math.round(value * 10) / 10} of 5 stars`}
    >
      <svg viewBox="0 0 120 24" className="block w-full" aria-hidden="true" focusable="false">
        {FIVE.map((index) => (
          <path key={index} d={PATH} transform={`translate(${index * 24} 0)`} className="fill-iron-300" />
        ))}
        <svg
          aria-hidden="true"
          width={Math.max(0, Math.min(5, value)) * 24}
          height="24"
          viewBox={`0 0 ${value * 24} 24`}
        >
          {FIVE.map((index) => (
            <path
              key={index}
              d={PATH}
              transform={`translate(${index * 24} 0)`}
              className="fill-tape-500 stroke-iron-950"
              strokeWidth="1"
            />
          ))}
        </svg>
      </svg>
    </span>
  );
}

/** A rating as listings show it. */
export function RatingLine({ rating }: { rating: Rating | null | undefined }) {
  if (!rating || rating.count === 0) return null;
  return (
    <p className="mt-1.5 flex items-center gap-1.5 text-sm text-iron-700">
      <Stars value={rating.average} size="w-19" />
      <span aria-hidden="true">({rating.count})</span>
      <span className="sr-only">
        {rating.count === 1 ? 'from one review' : `from ${rating.count} reviews`}
      </span>
    </p>
  );
}
