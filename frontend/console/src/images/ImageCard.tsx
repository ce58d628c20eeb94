import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import EarlierIcon from '@mui/icons-material/ArrowBack';
import LaterIcon from '@mui/icons-material/ArrowForward';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import DragIcon from '@mui/icons-material/DragIndicator';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import { useWatch } from 'react-hook-form';
import type { ProductImage } from '../api/types';
import { TextControl } from '../parts/TextControl';
import { labelCaps } from '../theme/colours';
import { MAX_ALT } from './AltDialog';

/** The picture that is meant for a card's width. */
function shown({ url, renditions }: ProductImage): string {
  return renditions?.find(({ width }) => width >= 400)?.url ?? url;
}

/** One picture: its place, its words, and out it goes. */
export function ImageCard({
  id,
  at,
  count,
  onMove,
  onRemove,
}: {
  id: string;
  at: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const image = useWatch({ name: `images.${at}` }) as ProductImage | undefined;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({
      id,
    });
  if (!image) return null;
  const name = `picture ${at + 1}`;
  return (
    <Card
      component="li"
      ref={setNodeRef}
      style={{ transform: CSS.Transform.toString(transform), transition: transition ?? '' }}
      sx={{ position: 'relative', ...(isDragging && { zIndex: 5, boxShadow: '0 18px 40px -18px #000a' }) }}
    >
      <Box sx={{ position: 'relative', aspectRatio: '4 / 3', backgroundColor: '#fff' }}>
        <img
          src={shown(image)}
          alt={image.alt}
          loading="lazy"
          style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', objectFit: 'contain' }}
        />
        {at === 0 && (
          <Box
            sx={{
              ...labelCaps,
              position: 'absolute',
              left: 10,
              top: 10,
              px: 1,
              borderRadius: 1,
              backgroundColor: 'secondary.main',
              color: 'secondary.contrastText',
            }}
          >
            Main picture
          </Box>
        )}
      </Box>
      <Box sx={{ p: 1.5, pt: 1, borderTop: 1, borderColor: 'divider' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', mb: 1, ml: -0.75 }}>
          <IconButton
            ref={setActivatorNodeRef}
            size="small"
            {...attributes}
            {...listeners}
            aria-label={`Drag ${name}`}
            sx={{ cursor: 'grab', touchAction: 'none' }}
          >
            <DragIcon fontSize="small" />
          </IconButton>
          <IconButton
            size="small"
            aria-label={`Move ${name} earlier`}
            disabled={at === 0}
            onClick={() => onMove(at - 1)}
          >
            <EarlierIcon fontSize="small" />
          </IconButton>
          <IconButton
            size="small"
            aria-label={`Move ${name} later`}
            disabled={at === count - 1}
            onClick={() => onMove(at + 1)}
          >
            <LaterIcon fontSize="small" />
          </IconButton>
          <Box sx={{ flex: 1 }} />
          {image.width && image.height && (
            <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', mr: 0.5 }}>
              {image.width} × {image.height}
            </Box>
          )}
          <IconButton size="small" aria-label={`Remove ${name}`} onClick={onRemove}>
            <DeleteIcon fontSize="small" />
          </IconButton>
        </Box>
        <TextControl source={`images.${at}.alt`} label="What it shows" max={MAX_ALT} rows={2} required />
      </Box>
    </Card>
  );
}
