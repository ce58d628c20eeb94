import type { MyReview, OwnReview, ReviewInput, ReviewSort } from '@ironmonger/api';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from './api';

/** The parts of a review that are typed; the rating is text too, as radio buttons have it. */
export type ReviewField = 'rating' | 'title' | 'body';

export const REVIEW_LABELS: Readonly<Record<ReviewField, string>> = {
  rating: 'Stars',
  title: 'In a few words',
  body: 'How is it?',
};

export const REVIEW_POINTERS = { '/rating': 'rating', '/title': 'title', '/body': 'body' } as const;

/** A review as typed, for the API. */
export function toReview(values: Readonly<Record<ReviewField, string>>): ReviewInput {
  return { rating: Number.parseInt(values.rating, 10), title: values.title.trim(), body: values.body.trim() };
}

export const REVIEW_SORTS: readonly { value: ReviewSort; label: string }[] = [
  { value: 'newest', label: 'Newest' },
  { value: 'highest', label: 'Best first' },
  { value: 'lowest', label: 'Worst first' },
];

/** A product's published reviews, page by page. */
export function reviewsQuery(slug: string, sort: ReviewSort) {
  return infiniteQueryOptions({
    queryKey: ['reviews', slug, sort],
    queryFn: ({ pageParam, signal }) => api.listReviews(slug, { sort, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One's own review of a product, or whether one may write one. */
export function myReviewQuery(productId: string) {
  return queryOptions({
    queryKey: ['me', 'review', productId],
    queryFn: ({ signal }) => api.getMyReview(productId, signal),
  });
}

export const myReviewsQuery = queryOptions({
  queryKey: ['me', 'reviews'],
  queryFn: ({ signal }) => api.listMyReviews(signal),
});

/** Everything that shows a review, after one has changed. */
async function refresh(client: QueryClient, productId: string): Promise<void> {
  await Promise.all(
    [['reviews'], ['product'], ['me', 'reviews'], ['me', 'review', productId]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}

interface Handlers {
  onSaved?: (review: OwnReview) => void;
  onRemoved?: () => void;
  onError: (error: unknown) => void;
}

/** Writes, changes and removes one's own review of a product. */
export function useMyReview(productId: string, { onSaved, onRemoved, onError }: Handlers) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (review: ReviewInput) => api.putMyReview(productId, review),
    onSuccess: async (review) => {
      client.setQueryData<MyReview>(['me', 'review', productId], { review, eligible: true, reason: null });
      onSaved?.(review);
      await refresh(client, productId);
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => api.deleteMyReview(productId),
    onSuccess: async () => {
      onRemoved?.();
      await refresh(client, productId);
    },
    onError,
  });
  return { save, remove };
}

/** What becomes of one's review, in a sentence. */
export function statusSentence(status: OwnReview['status']): string {
  if (status === 'pending') return 'A person looks at it before it shows: it has a link or an address in it.';
  return status === 'hidden'
    ? 'It is not shown: it does not keep to the rules of the shop.'
    : 'Everybody can read it.';
}

/** The share of each number of stars, five first, in whole percent of all reviews. */
export function shares(histogram: readonly number[]): { stars: number; count: number; percent: number }[] {
  const all = histogram.reduce((sum, count) => sum + count, 0);
  return histogram
    .map((count, index) => ({
      stars: index + 1,
      count,
      percent: all === 0 ? 0 : Math.round((count * 100) / all),
    }))
    .reverse();
}
