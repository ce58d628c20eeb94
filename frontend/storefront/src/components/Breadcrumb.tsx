import type { Ref } from '@ironmonger/api';
import { Link } from '@tanstack/react-router';

/** The way from the door to this page; the last step is the page itself where `here` names it. */
export function Breadcrumb({ path, here }: { path: readonly Ref[]; here?: string }) {
  return (
    <nav aria-label="Breadcrumb" className="text-[0.95rem]">
      <ol className="flex flex-wrap gap-y-1">
        <li>
          <Link to="/" className="link">
            Shop
          </Link>
        </li>
        {path.map(({ slug, title }) => (
          <li key={slug}>
            <span aria-hidden="true" className="mx-2 text-iron-600">
              /
            </span>
            <Link to="/category/$slug" params={{ slug }} className="link">
              {title}
            </Link>
          </li>
        ))}
        {here && (
          <li>
            <span aria-hidden="true" className="mx-2 text-iron-600">
              /
            </span>
            <span aria-current="page">{here}</span>
          </li>
        )}
      </ol>
    </nav>
  );
}
