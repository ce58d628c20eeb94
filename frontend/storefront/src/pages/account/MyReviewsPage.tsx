import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Failure } from '../../components/Failure';
import { useNotice } from '../../components/Notice';
import { OwnReviewCard } from '../../components/OwnReviewCard';
import { ReviewForm } from '../../components/ReviewForm';
import { usePageTitle } from '../../lib/page';
import { myReviewsQuery } from '../../lib/reviews';
import { AccountHeading } from './AccountLayout';

/** Everything one has reviewed. */
export function MyReviewsPage() {
  usePageTitle('Your reviews');
  const notice = useNotice();
  const { data, error, isPending, refetch } = useQuery(myReviewsQuery);
  const [editing, setEditing] = useState<string>();

  function done(saved: boolean) {
    setEditing(undefined);
    if (saved) notice('Saved.');
    document.getElementById('main')?.focus({ preventScroll: true });
  }

  return (
    <>
      <AccountHeading>Your reviews</AccountHeading>
      {isPending && <div className="skeleton h-56 rounded-xl" aria-hidden="true" />}
      {error && !data && (
        <Failure title="Your reviews could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {data?.items.length === 0 && (
        <div className="card p-8">
          <h2 className="text-2xl font-bold">None yet</h2>
          <p className="mt-3 text-iron-700">
            What you have bought here you can review on its page, with the mark that you really bought it.
          </p>
          <Link to="/account/orders" className="btn btn-main mt-6">
            Your orders
          </Link>
        </div>
      )}
      <ul className="space-y-4">
        {data?.items.map((review) => (
          <li key={review.id}>
            {editing === review.productId ? (
              <ReviewForm
                productId={review.productId}
                review={review}
                onSaved={() => done(true)}
                onCancel={() => done(false)}
              />
            ) : (
              <OwnReviewCard
                review={review}
                heading={
                  <h2 className="text-xl font-bold">
                    <Link
                      to="/products/$slug"
                      params={{ slug: review.productSlug }}
                      className="hover:underline"
                    >
                      {review.productTitle}
                    </Link>
                  </h2>
                }
                onEdit={() => setEditing(review.productId)}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
