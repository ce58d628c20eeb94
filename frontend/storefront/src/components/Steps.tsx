const STEPS = ['Cart', 'Delivery', 'Payment'] as const;

/** Where one is on the way through the checkout. */
export function Steps({ current }: { current: (typeof STEPS)[number] }) {
  const position = STEPS.indexOf(current);
  return (
    <ol className="mb-6 flex flex-wrap gap-x-2 gap-y-1" aria-label="Checkout">
      {STEPS.map((step, index) => (
        <li
          key={step}
          className="flex items-center gap-2"
          aria-current={index === position ? 'step' : undefined}
        >
          {index > 0 && <span aria-hidden="true" className="h-0.5 w-5 bg-iron-300 sm:w-10" />}
          <span
            aria-hidden="true"
            className={`grid size-7 place-items-center rounded-full text-sm font-bold ${index < position ? 'bg-enamel-800 text-white' : index === position ? 'bg-tape-400 text-iron-950' : 'bg-iron-200 text-iron-700'}`}
          >
            {index < position ? '✓' : index + 1}
          </span>
          <span className={index === position ? 'font-bold' : 'text-iron-700'}>{step}</span>
        </li>
      ))}
    </ol>
  );
}
