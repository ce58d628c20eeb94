import Box from '@mui/material/Box';
import { useDataProvider, useNotify } from 'react-admin';
import type { Review } from '../api/types';
import { FormDialog } from '../parts/FormDialog';
import { TextControl } from '../parts/TextControl';

/** The most characters of a moderation note. */
const MAX_NOTE = 500;

/** Publishes or hides a review, with a note for the colleagues. */
export function ModerateDialog({
  review,
  verdict,
  onDone,
  onClose,
}: {
  review: Review;
  verdict: 'published' | 'hidden';
  onDone: () => void;
  onClose: () => void;
}) {
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const isPublishing = verdict === 'published';
  return (
    <FormDialog<{ note: string }>
      open
      title={isPublishing ? 'Publish this review?' : 'Hide this review?'}
      intro={
        <>
          <Box sx={{ fontWeight: 600, color: 'text.primary' }}>{review.title}</Box>
          {isPublishing
            ? 'Everybody sees it, and its stars count in the rating.'
            : 'Only its author and the staff see it, and its stars no longer count. It can be published again.'}
        </>
      }
      save={isPublishing ? 'Publish' : 'Hide'}
      defaultValues={{ note: '' }}
      validate={() => ({})}
      onSave={async ({ note }) => {
        await dataProvider.update('reviews', {
          id: review.id,
          data: { status: verdict, note, version: review.version },
          previousData: review,
        });
        notify(isPublishing ? 'The review is published.' : 'The review is hidden.', { type: 'success' });
        onDone();
      }}
      onClose={onClose}
    >
      <TextControl source="note" label="Note for the colleagues" max={MAX_NOTE} rows={2} />
    </FormDialog>
  );
}
