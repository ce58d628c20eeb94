import { messageOf } from '@ironmonger/api';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';

/** A part of the page that could not be loaded, with the way to try again. */
export function Failure({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="card border-l-8 border-oxide-700 p-6">
      <h2 className="text-xl font-bold">{title}</h2>
      <p className="mt-2 text-iron-700">{messageOf(error)}</p>
      <button type="button" className="btn btn-quiet mt-5" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

/** Stands in for a page whose code failed. */
export function PageCrash({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="mb-6 text-3xl font-extrabold">This page came off its hinges</h1>
      <Failure
        title="It could not be shown"
        error={error}
        onRetry={() => {
          queries.reset();
          reset();
          void router.invalidate();
        }}
      />
      <p className="mt-6">
        <Link to="/" className="link">
          Back to the shop
        </Link>
      </p>
    </div>
  );
}
