import type { OwnReview } from '@ironmonger/api';
import { type ReactNode, useState } from 'react';
import { statusSentence, useMyReview } from '../lib/reviews';
import { ChangeOrRemove } from './ChangeOrRemove';
import { useNotice } from './Notice';
import { Stars } from './Stars';

interface Props {
  review: OwnReview;
  heading: ReactNode;
  onEdit: () => void;
}

/** One's own review, with the ways to change it and to take it back. */
export function OwnReviewCard({ review, heading, onEdit }: Props) {
  const notice = useNotice();
  const [failure, setFailure] = useState<unknown>();
  const { remove } = useMyReview(review.productId, {
    onRemoved: () => {
      notice('Your review is removed.');
      document.getElementById('main')?.focus({ preventScroll: true });
    },
    onError: setFailure,
  });
  return (
    <article className="card p-5 sm:p-6">
      {heading}
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars value={review.rating} />
        <strong className="font-semibold">{review.title}</strong>
      </p>
      <p className="mt-2 max-w-prose whitespace-pre-line text-iron-700">{review.body}</p>
      <p
        className={`mt-3 text-sm font-semibold ${review.status === 'published' ? 'text-enamel-800' : 'text-oxide-700'}`}
      >
        {statusSentence(review.status)}
      </p>
      <ChangeOrRemove
        of={`the review of ${review.productTitle}`}
        onChange={onEdit}
        onRemove={() => remove.mutate()}
        isRemoving={remove.isPending}
        failure={failure}
      />
    </article>
  );
}
