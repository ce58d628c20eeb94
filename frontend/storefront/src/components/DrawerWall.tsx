import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { categoriesQuery, drawers as drawersOf } from '../lib/catalogue';
import { Failure } from './Failure';

/** How many drawers the wall has until one asks for the others. */
const FIRST_DRAWERS = 12;

const DRAWER =
  'flex h-full min-h-36 flex-col items-center justify-between rounded-lg bg-enamel-700 px-3 pt-5 pb-4 shadow-[inset_0_2px_0_#ffffff2e,inset_0_-3px_0_#00000040,0_2px_4px_#00000050]';

function Pull() {
  return (
    <span
      aria-hidden="true"
      className="mt-4 h-5 w-16 rounded-t-full rounded-b-[4px] bg-gradient-to-b from-[#f0d489] via-[#c9a44c] to-[#7d6222] shadow-[0_4px_5px_#0006] transition-transform duration-200 group-hover:translate-y-0.5"
    />
  );
}

function Drawer({ slug, title, count }: { slug: string; title: string; count: number }) {
  return (
    <li>
      <Link
        to="/category/$slug"
        params={{ slug }}
        className={`group ${DRAWER} transition-[transform,box-shadow] duration-200 ease-out-soft hover:-translate-y-1 hover:shadow-[inset_0_2px_0_#ffffff2e,inset_0_-3px_0_#00000040,0_16px_22px_-8px_#000000a0]`}
      >
        <span className="w-full rounded-[3px] border-[3px] border-[#c9a44c] bg-[#fdfaf0] px-2 py-2.5 text-center text-iron-950 shadow-[0_1px_2px_#0007]">
          <span className="block leading-tight font-bold text-balance hyphens-auto lg:text-lg">{title}</span>
          <span className="mt-0.5 block text-[0.8rem] text-iron-600 tabular-nums">
            {count === 1 ? '1 product' : `${count} products`}
          </span>
        </span>
        <Pull />
      </Link>
    </li>
  );
}

/** Drawers without a label fill the wall's last row, whose width is 2, 3 or 4 depending on the screen. */
function BlankDrawers({ after }: { after: number }) {
  const [two, three, four] = [2, 3, 4].map((width) => (width - (after % width)) % width) as [
    number,
    number,
    number,
  ];
  return ['a', 'b', 'c'].map((place, index) => (
    <li
      key={place}
      aria-hidden="true"
      className={`${index < two ? 'max-sm:block' : 'max-sm:hidden'} ${index < three ? 'sm:max-lg:block' : 'sm:max-lg:hidden'} ${index < four ? 'lg:block' : 'lg:hidden'}`}
    >
      <div className={`${DRAWER} justify-end opacity-70`}>
        <Pull />
      </div>
    </li>
  ));
}

/** The departments, each a drawer. */
export function DrawerWall() {
  const [all, setAll] = useState(false);
  const { data, isPending, error, refetch } = useQuery(categoriesQuery);
  const every = drawersOf(data?.items);
  const drawers = every.slice(0, all ? undefined : FIRST_DRAWERS);
  const more = every.length - drawers.length;
  return (
    <section id="departments-wall" aria-labelledby="drawers" className="mt-16 sm:mt-24">
      <h2 id="drawers" className="text-3xl font-extrabold sm:text-4xl">
        The wall of drawers
      </h2>
      <p className="mt-2 text-lg text-iron-700">One for every trade and every room. Pull one open.</p>
      <div className="on-dark mt-6 rounded-2xl bg-enamel-900 p-3 sm:p-5">
        {error && !data ? (
          <Failure title="The drawers are stuck" error={error} onRetry={() => void refetch()} />
        ) : (
          <ul
            className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4"
            aria-busy={isPending}
          >
            {drawers.map((category) => (
              <Drawer
                key={category.slug}
                slug={category.slug}
                title={category.title}
                count={category.productCount}
              />
            ))}
            {isPending &&
              ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((place) => (
                <li key={place} aria-hidden="true">
                  <div className={`${DRAWER} justify-end opacity-70`}>
                    <Pull />
                  </div>
                </li>
              ))}
            {data && <BlankDrawers after={drawers.length} />}
          </ul>
        )}
        {more > 0 && (
          <p className="mt-3 text-center">
            <button type="button" className="btn text-white hover:bg-enamel-700" onClick={() => setAll(true)}>
              Show {more} more {more === 1 ? 'drawer' : 'drawers'}
            </button>
          </p>
        )}
      </div>
    </section>
  );
}
