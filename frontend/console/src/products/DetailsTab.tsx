import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useController, useWatch } from 'react-hook-form';
import type { Titled } from '../api/types';
import { slugOf } from '../lib/slug';
import { Panel } from '../parts/Panel';
import { SlugsPicker } from '../parts/SlugsPicker';
import { TextControl } from '../parts/TextControl';
import { MAX_CATEGORIES } from './options';
import { STATUSES, useBrandChoices, useCategoryChoices } from './ProductFilters';
import { SearchPreview } from './SearchPreview';

const STATUS_HINTS: Readonly<Record<string, string>> = {
  draft: 'Only staff see it.',
  active: 'In the shop, for everybody to find and buy.',
  archived: 'Gone from the shop, kept for the books.',
};

function StatusField() {
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController({ name: 'status' });
  return (
    <div>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        aria-label="Status"
        value={value}
        onChange={(_event, status: string | null) => status && onChange(status)}
      >
        {STATUSES.map(({ id, name }) => (
          <ToggleButton key={id} value={id}>
            {name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Typography variant="body2" color={error ? 'error' : 'textSecondary'} sx={{ mt: 0.75 }}>
        {error?.message ?? STATUS_HINTS[value as string]}
      </Typography>
    </div>
  );
}

function BrandField() {
  const choices = useBrandChoices();
  const {
    field: { value, onChange, onBlur, ref },
    fieldState: { error },
  } = useController({ name: 'brand' });
  const brand = value as Titled | null;
  return (
    <Autocomplete
      options={choices}
      value={brand ? { id: brand.slug, name: brand.title } : null}
      getOptionLabel={({ name }) => name}
      isOptionEqualToValue={(option, chosen) => option.id === chosen.id}
      onChange={(_event, chosen) => onChange(chosen ? { slug: chosen.id, title: chosen.name } : null)}
      onBlur={onBlur}
      renderInput={(params) => (
        <TextField
          {...params}
          inputRef={ref}
          label="Brand"
          error={error !== undefined}
          helperText={error?.message}
        />
      )}
    />
  );
}

function CategoriesField() {
  const choices = useCategoryChoices();
  const {
    field: { value, onChange },
    fieldState: { error },
  } = useController({ name: 'categories' });
  return (
    <SlugsPicker
      required
      label="Categories"
      choices={choices}
      value={((value ?? []) as Titled[]).map(({ slug, title }) => ({ id: slug, name: title }))}
      onChange={(chosen) => onChange(chosen.map(({ id, name }) => ({ slug: id, title: name.trim() })))}
      error={error?.message}
      helperText={`Up to ${MAX_CATEGORIES}. Those above them count too.`}
    />
  );
}

function SlugField() {
  const title: unknown = useWatch({ name: 'title' });
  const proposal = slugOf(typeof title === 'string' ? title : '');
  return (
    <TextControl
      source="slug"
      label="Address"
      max={100}
      placeholder={proposal}
      helperText="The end of the page’s address. An old address keeps leading here."
    />
  );
}

/** What a product is: names, texts, where it stands. */
export function DetailsTab() {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2.5,
        gridTemplateColumns: { xs: '1fr', lg: '1.7fr 1fr' },
        alignItems: 'start',
      }}
    >
      <Stack spacing={2.5} sx={{ minWidth: 0 }}>
        <Panel title="What it is">
          <Stack spacing={2}>
            <TextControl source="title" label="Name" max={200} required />
            <TextControl
              source="description"
              label="Description"
              max={5000}
              rows={7}
              helperText="Plain text; an empty line begins a new paragraph."
            />
          </Stack>
        </Panel>
        <Panel
          title="In search engines"
          intro="Left empty, the name and the beginning of the description stand in."
        >
          <Stack spacing={2}>
            <TextControl source="seo.title" label="Title for search engines" max={120} />
            <TextControl source="seo.description" label="Description for search engines" max={320} rows={2} />
            <SearchPreview />
          </Stack>
        </Panel>
      </Stack>
      <Stack spacing={2.5} sx={{ minWidth: 0 }}>
        <Panel title="Status">
          <StatusField />
        </Panel>
        <Panel title="Where it stands">
          <Stack spacing={2}>
            <CategoriesField />
            <BrandField />
            <SlugField />
          </Stack>
        </Panel>
      </Stack>
    </Box>
  );
}
