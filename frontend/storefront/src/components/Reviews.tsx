import type { Product, Review, ReviewList, ReviewSort } from '@ironmonger/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useIdentity } from '../lib/identity';
import { myReviewQuery, REVIEW_SORTS, reviewsQuery, shares } from '../lib/reviews';
import { Failure } from './Failure';
import { TickIcon } from './Icons';
import { useNotice } from './Notice';
import { OwnReviewCard } from './OwnReviewCard';
import { ReviewForm } from './ReviewForm';
import { Stars } from './Stars';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

function Summary({ summary }: { summary: ReviewList['summary'] }) {
  return (
    <div>
      <p className="flex items-baseline gap-3">
        <span className="font-display text-5xl font-black tabular-nums">{summary.average.toFixed(1)}</span>
        <span className="text-iron-700">of 5</span>
      </p>
      <Stars value={summary.average} size="mt-2 w-36" />
      <p className="mt-1 text-iron-700">
        {summary.count === 1 ? 'from one review' : `from ${summary.count} reviews`}
      </p>
      <dl className="mt-5 space-y-1.5">
        {shares(summary.histogram).map(({ stars, count, percent }) => (
          <div key={stars} className="grid grid-cols-[4.2rem_1fr_2.2rem] items-center gap-2 text-sm">
            <dt className="whitespace-nowrap">{stars === 1 ? '1 star' : `${stars} stars`}</dt>
            <dd className="h-3 overflow-hidden rounded-full bg-iron-200" aria-hidden="true">
              <div className="tape h-full" style={{ width: `${percent}%` }} />
            </dd>
            <dd className="text-right text-iron-700 tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Entry({ review }: { review: Review }) {
  return (
    <article className="border-b border-iron-200 py-5 first:pt-0 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars value={review.rating} />
        <h3 className="font-sans text-lg font-bold tracking-normal">{review.title}</h3>
      </div>
      <p className="mt-2 max-w-prose leading-relaxed whitespace-pre-line">{review.body}</p>
      <p className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-iron-700">
        <span className="font-semibold text-iron-900">{review.author}</span>
        {review.verifiedPurchase && (
          <span className="inline-flex items-center gap-1 rounded-full bg-enamel-100 py-0.5 pr-2.5 pl-1.5 font-semibold text-enamel-900 [&>svg]:size-4">
            <TickIcon /> Bought here
          </span>
        )}
        <time dateTime={review.createdAt}>{day.format(new Date(review.createdAt))}</time>
        {review.editedAt && <span>(changed since)</span>}
      </p>
    </article>
  );
}

/** One's own review, the form for it, or why there is none. */
function Mine({ product }: { product: Product }) {
  const identity = useIdentity();
  const notice = useNotice();
  const signedIn = identity.status === 'signedIn';
  const { data, error, refetch } = useQuery({ ...myReviewQuery(product.id), enabled: signedIn });
  const [writing, setWriting] = useState(false);
  if (identity.status === 'loading') return null;
  if (!signedIn) {
    return (
      <p className="text-iron-700">
        Bought it here?{' '}
        <Link to="/sign-in" search={{ next: `/products/${product.slug}` }} className="link inline-block py-1">
          Sign in
        </Link>{' '}
        to review it.
      </p>
    );
  }
  if (error && !data) {
    return <Failure title="Your review could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <div className="skeleton h-24 rounded-xl" aria-hidden="true" />;
  if (writing) {
    return (
      <ReviewForm
        productId={product.id}
        review={data.review ?? null}
        onSaved={({ status }) => {
          setWriting(false);
          notice(
            status === 'published'
              ? 'Thank you, your review is published.'
              : 'Thank you. We look at your review before it shows.',
          );
        }}
        onCancel={() => setWriting(false)}
      />
    );
  }
  if (data.review) {
    return (
      <OwnReviewCard
        review={data.review}
        heading={<h3 className="text-lg font-bold">Your review</h3>}
        onEdit={() => setWriting(true)}
      />
    );
  }
  if (!data.eligible) {
    return (
      <p className="text-iron-700">{data.reason ?? 'Only those who have bought it here can review it.'}</p>
    );
  }
  return (
    <button type="button" className="btn btn-main" onClick={() => setWriting(true)}>
      Write a review
    </button>
  );
}

/** What those who bought it say. */
export function Reviews({ product }: { product: Product }) {
  const [sort, setSort] = useState<ReviewSort>('newest');
  const list = useInfiniteQuery(reviewsQuery(product.slug, sort));
  const { data, error, hasNextPage, isFetchingNextPage } = list;
  const summary = data?.pages[0]?.summary;
  const reviews = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="mt-16 scroll-mt-28 sm:mt-20">
      <h2 id="reviews-title" className="border-t-2 border-iron-950 pt-6 text-3xl font-extrabold">
        Reviews
      </h2>
      {error && !data && (
        <div className="mt-6">
          <Failure
            title="The reviews could not be loaded"
            error={error}
            onRetry={() => void list.refetch()}
          />
        </div>
      )}
      {list.isPending && <div className="skeleton mt-6 h-40 rounded-xl" aria-hidden="true" />}
      {summary && (
        <div className="mt-6 grid items-start gap-x-14 gap-y-8 md:grid-cols-[16rem_1fr]">
          {summary.count > 0 ? (
            <Summary summary={summary} />
          ) : (
            <p className="text-lg text-iron-700">Nobody has reviewed it yet.</p>
          )}
          <div className="min-w-0 space-y-7">
            <Mine product={product} />
            {reviews.length > 1 && (
              <label className="flex items-center gap-3 font-semibold">
                Order
                <select
                  className="input w-auto font-normal"
                  value={sort}
                  onChange={(event) =>
                    setSort(REVIEW_SORTS.find(({ value }) => value === event.target.value)?.value ?? 'newest')
                  }
                >
                  {REVIEW_SORTS.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <ul>
              {reviews.map((review) => (
                <li key={review.id}>
                  <Entry review={review} />
                </li>
              ))}
            </ul>
            {hasNextPage && (
              <button
                type="button"
                className="btn btn-quiet"
                aria-disabled={isFetchingNextPage}
                onClick={() => !isFetchingNextPage && void list.fetchNextPage()}
              >
                {isFetchingNextPage ? 'Fetching more…' : 'More reviews'}
              </button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
