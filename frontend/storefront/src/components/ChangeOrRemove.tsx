import { messageOf } from '@ironmonger/api';
import { type ReactNode, useState } from 'react';

interface Props {
  /** What it is about, for those who do not see where the buttons stand. */
  of: ReactNode;
  onChange: () => void;
  onRemove: () => void;
  isRemoving: boolean;
  /** Why it could not be removed. */
  failure: unknown;
}

/** The ways to change a thing of one's own and, when asked twice, to remove it. */
export function ChangeOrRemove({ of, onChange, onRemove, isRemoving, failure }: Props) {
  const [asking, setAsking] = useState(false);
  const about = <span className="sr-only"> {of}</span>;
  const quiet = 'link min-h-11 cursor-pointer';
  return (
    <>
      {failure !== undefined && failure !== null && (
        <p role="alert" className="mt-3 font-semibold text-oxide-700">
          {messageOf(failure)}
        </p>
      )}
      <div className="mt-auto flex flex-wrap gap-x-5 pt-3">
        {asking ? (
          <>
            <button
              type="button"
              className="min-h-11 cursor-pointer font-semibold text-oxide-700 underline underline-offset-4"
              onClick={() => !isRemoving && onRemove()}
            >
              {isRemoving ? 'Removing…' : 'Yes, remove it'}
              {about}
            </button>
            <button type="button" className={quiet} onClick={() => setAsking(false)}>
              Keep it{about}
            </button>
          </>
        ) : (
          <>
            <button type="button" className={quiet} onClick={onChange}>
              Change{about}
            </button>
            <button type="button" className={quiet} onClick={() => setAsking(true)}>
              Remove{about}
            </button>
          </>
        )}
      </div>
    </>
  );
}
