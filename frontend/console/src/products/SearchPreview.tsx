import Box from '@mui/material/Box';
import { useWatch } from 'react-hook-form';
import { slugOf } from '../lib/slug';
import { labelCaps } from '../theme/colours';

/** Search engines show about so many characters of a title and of a description. */
const SHOWN_TITLE = 60;
const SHOWN_DESCRIPTION = 155;

function cut(text: string, length: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= length) return plain;
  const head = plain.slice(0, length);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), 1))} …`;
}

/** How the product would look among a search engine's results. */
export function SearchPreview() {
  const [title = '', slug = '', description = '', seoTitle = '', seoDescription = ''] = useWatch({
    name: ['title', 'slug', 'description', 'seo.title', 'seo.description'],
  }) as (string | null | undefined)[];
  const address = `${window.location.host} › products › ${slug?.trim() || slugOf(title ?? '')}`;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 2, backgroundColor: 'quiet' }}>
      <Box sx={{ ...labelCaps, color: 'text.secondary', mb: 1 }}>Preview</Box>
      <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary', overflowWrap: 'anywhere' }}>{address}</Box>
      <Box
        sx={(theme) => ({
          fontSize: '1.15rem',
          lineHeight: 1.3,
          color: theme.palette.mode === 'dark' ? '#9dbcf5' : '#1a0dab',
          overflowWrap: 'anywhere',
        })}
      >
        {cut(seoTitle?.trim() || title || 'Name of the product', SHOWN_TITLE)}
      </Box>
      <Box sx={{ fontSize: '0.875rem', color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {cut(seoDescription?.trim() || description || 'What it is good for.', SHOWN_DESCRIPTION)}
      </Box>
    </Box>
  );
}
