import { colours, fonts } from '../theme/colours';

/** What one sees where the console's settings cannot be read. */
export function CannotStart({ error }: { error: unknown }) {
  return (
    <main style={{ maxWidth: '32rem', margin: '15vh auto', padding: '0 1.5rem', fontFamily: fonts.sans }}>
      <h1 style={{ fontFamily: fonts.display, color: colours.enamel800 }}>The console cannot open</h1>
      <p>{error instanceof Error ? error.message : 'Its settings could not be read.'}</p>
      <button type="button" onClick={() => window.location.reload()}>
        Try again
      </button>
    </main>
  );
}
