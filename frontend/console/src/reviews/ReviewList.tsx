import HideIcon from '@mui/icons-material/VisibilityOffOutlined';
import PublishIcon from '@mui/icons-material/VisibilityOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Chip from '@mui/material/Chip';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import type { Review } from '../api/types';
import { Empty } from '../parts/Empty';
import { FilterBar, TabsFilter } from '../parts/Filters';
import { CursorList, ListBody } from '../parts/ListParts';
import { PageHeader } from '../parts/PageHeader';
import { RowLink } from '../parts/RowLink';
import { Stars } from '../parts/Stars';
import { Status } from '../parts/Status';
import { When } from '../parts/When';
import { ModerateDialog } from './ModerateDialog';

type Verdict = 'published' | 'hidden';

function ReviewCard({ review, onModerate }: { review: Review; onModerate: (verdict: Verdict) => void }) {
  const { title, body, rating, author, status, verifiedPurchase, createdAt, editedAt, note } = review;
  return (
    <Card component="li" sx={{ p: 2.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 0.75 }}>
        <Stars rating={rating} />
        <Status of={status} />
        {verifiedPurchase && <Chip size="small" variant="outlined" label="Bought it here" />}
        <Box sx={{ flex: 1 }} />
        <RowLink to={`/products/${review.productId}`} sx={{ fontSize: '0.875rem' }}>
          {review.productTitle}
        </RowLink>
      </Box>
      <Box component="h2" sx={{ m: 0, fontSize: '1.02rem', fontWeight: 700, overflowWrap: 'anywhere' }}>
        {title}
      </Box>
      <Box sx={{ mt: 0.25, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '70ch' }}>{body}</Box>
      {note && (
        <Box
          sx={{
            mt: 1,
            p: 1.25,
            borderRadius: 1,
            backgroundColor: 'quiet',
            border: 1,
            borderColor: 'divider',
          }}
        >
          <strong>Note:</strong> {note}
        </Box>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 1.5 }}>
        <Box sx={{ flex: '1 1 10rem', color: 'text.secondary', fontSize: '0.875rem' }}>
          {author} · <When at={createdAt} />
          {editedAt && (
            <>
              , edited <When at={editedAt} />
            </>
          )}
        </Box>
        {status !== 'published' && (
          <Button
            variant="contained"
            size="small"
            startIcon={<PublishIcon />}
            aria-label={`Publish: ${title}`}
            onClick={() => onModerate('published')}
          >
            Publish
          </Button>
        )}
        {status !== 'hidden' && (
          <Button
            variant="outlined"
            size="small"
            startIcon={<HideIcon />}
            aria-label={`Hide: ${title}`}
            onClick={() => onModerate('hidden')}
          >
            Hide
          </Button>
        )}
      </Box>
    </Card>
  );
}

function Cards() {
  const { data = [], refetch } = useListContext<Review>();
  const [moderating, setModerating] = useState<{ review: Review; verdict: Verdict }>();
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
        {data.map((review) => (
          <ReviewCard
            key={review.id}
            review={review}
            onModerate={(verdict) => setModerating({ review, verdict })}
          />
        ))}
      </Box>
      {moderating && (
        <ModerateDialog
          {...moderating}
          onDone={() => void refetch()}
          onClose={() => setModerating(undefined)}
        />
      )}
    </>
  );
}

/** The list begins with what waits. */
const WAITING = { status: 'pending' };

/** What buyers say, to be looked through. */
export function ReviewList() {
  return (
    <CursorList begin={WAITING}>
      <PageHeader
        title="Reviews"
        intro="Reviews are published at once; those with a link or an e-mail address wait for you."
      />
      <ListBody
        card={false}
        unfiltered={WAITING}
        filters={
          <FilterBar>
            <TabsFilter
              source="status"
              label="Status"
              choices={[
                { id: 'pending', name: 'Waiting' },
                { id: 'published', name: 'Published' },
                { id: 'hidden', name: 'Hidden' },
              ]}
            />
          </FilterBar>
        }
        empty={<Empty title="No review is waiting">What is published or hidden is a click away.</Empty>}
      >
        <Cards />
      </ListBody>
    </CursorList>
  );
}
