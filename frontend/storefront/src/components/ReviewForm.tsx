import type { OwnReview } from '@ironmonger/api';
import { type FormEvent, useId } from 'react';
import { hasErrors, missingFields, refusalsOf, useFirstFocus, useForm } from '../lib/forms';
import { REVIEW_LABELS, REVIEW_POINTERS, type ReviewField, toReview, useMyReview } from '../lib/reviews';
import { SubmitButton } from './AuthCard';
import { Field, FormErrors, TextField } from './Field';
import { Stars } from './Stars';

const FIVE = ['5', '4', '3', '2', '1'];

/** As many characters as the API takes. */
const MAX_TITLE = 120;
const MAX_BODY = 5_000;

interface Props {
  productId: string;
  review: OwnReview | null;
  onSaved: (review: OwnReview) => void;
  onCancel: () => void;
}

/** Writes a review, or changes it. */
export function ReviewForm({ productId, review, onSaved, onCancel }: Props) {
  const name = useId();
  const form = useForm<ReviewField>({
    rating: review ? String(review.rating) : '',
    title: review?.title ?? '',
    body: review?.body ?? '',
  });
  useFirstFocus(form);
  const { save } = useMyReview(productId, {
    onSaved,
    onError: (error) => form.fail(refusalsOf(error, REVIEW_POINTERS)),
  });
  const ratingError = form.errors.fields.rating;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (save.isPending) return;
    const gaps = missingFields(form.values, ['rating', 'title']);
    if (gaps.fields.rating) gaps.fields.rating = 'Choose from one to five stars.';
    if (hasErrors(gaps)) return form.fail(gaps);
    form.clear();
    save.mutate(toReview(form.values));
  }

  return (
    <form ref={form.form} noValidate onSubmit={submit} className="card space-y-5 p-5 sm:p-7">
      <h3 className="text-xl font-bold">{review ? 'Change your review' : 'Your review'}</h3>
      <FormErrors form={form} prefix="review" labels={REVIEW_LABELS} />
      <fieldset aria-describedby={ratingError ? 'review-rating-error' : undefined}>
        <legend className="mb-1.5 font-semibold">{REVIEW_LABELS.rating}</legend>
        <div className="flex flex-wrap gap-2">
          {FIVE.map((stars, index) => (
            <label
              key={stars}
              className="flex min-h-12 cursor-pointer items-center gap-2.5 rounded-lg px-3 ring-1 ring-iron-300 ring-inset hover:ring-enamel-700 has-checked:bg-enamel-100 has-checked:ring-2 has-checked:ring-enamel-800"
            >
              <input
                id={index === 0 ? 'review-rating' : undefined}
                type="radio"
                className="check"
                name={name}
                value={stars}
                aria-invalid={ratingError !== undefined}
                checked={form.values.rating === stars}
                onChange={() => form.set('rating', stars)}
              />
              <Stars value={Number(stars)} size="w-22" />
            </label>
          ))}
        </div>
        {ratingError && (
          <p id="review-rating-error" className="mt-1.5 font-semibold text-oxide-700">
            {ratingError}
          </p>
        )}
      </fieldset>
      <TextField form={form} prefix="review" name="title" label={REVIEW_LABELS.title} maxLength={MAX_TITLE} />
      <Field
        id="review-body"
        label={REVIEW_LABELS.body}
        optional
        hint="What is it like to use? Links and addresses are looked at before they show."
        error={form.errors.fields.body}
      >
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={MAX_BODY}
            className="input"
            value={form.values.body}
            onChange={(event) => form.set('body', event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={save.isPending} busy="Saving…" className="px-8">
          {review ? 'Save the review' : 'Publish the review'}
        </SubmitButton>
        <button type="button" className="btn btn-quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
