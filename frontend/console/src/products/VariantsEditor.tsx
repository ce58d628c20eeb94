import FillIcon from '@mui/icons-material/AutoAwesomeOutlined';
import CopyDownIcon from '@mui/icons-material/VerticalAlignBottomOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useFieldArray, useFormContext, useFormState, useWatch } from 'react-hook-form';
import type { ConsoleProduct, ProductOption, Variant } from '../api/types';
import { Panel } from '../parts/Panel';
import { labelCaps } from '../theme/colours';
import { MAX_VARIANTS, missingChoices, withMissingVariants } from './options';
import { VariantRow, variantColumns } from './VariantRow';

const HEADINGS = ['Choice', 'SKU', 'Price', 'Compare at', 'Stock', ''];

/** Every variant in a row: what it is called in the stock room, and what it costs. */
export function VariantsEditor() {
  const { fields, remove, replace } = useFieldArray<ConsoleProduct>({ name: 'variants' });
  const { errors } = useFormState<ConsoleProduct>();
  const { getValues, setValue } = useFormContext<ConsoleProduct>();
  const options = (useWatch({ name: 'options' }) ?? []) as ProductOption[];
  const variants = (useWatch({ name: 'variants' }) ?? []) as Variant[];
  const missing = missingChoices(options, variants).length;
  const tooMany = variants.length + missing > MAX_VARIANTS;
  const problem = errors.variants?.root?.message;

  const fill = () =>
    replace(withMissingVariants(getValues('title') ?? '', options, getValues('variants') ?? []));
  const copyPrice = () => {
    const [first, ...others] = getValues('variants') ?? [];
    if (!first) return;
    others.forEach((_variant, place) => {
      setValue(`variants.${place + 1}.price`, first.price, { shouldDirty: true, shouldValidate: true });
      setValue(`variants.${place + 1}.compareAtPrice`, first.compareAtPrice, { shouldDirty: true });
    });
  };

  return (
    <Panel
      title="Variants"
      intro="One for each choice that can be bought, up to thirty."
      action={
        variants.length > 1 && (
          <Button size="small" startIcon={<CopyDownIcon />} onClick={copyPrice}>
            First price for all
          </Button>
        )
      }
    >
      {problem && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {problem}
        </Alert>
      )}
      {fields.length > 0 && (
        <Box
          aria-hidden="true"
          sx={{
            ...variantColumns,
            display: { xs: 'none', md: 'grid' },
            ...labelCaps,
            color: 'text.secondary',
            pb: 0.75,
            borderBottom: 1,
            borderColor: 'divider',
          }}
        >
          {HEADINGS.map((heading) => (
            <span key={heading}>{heading}</span>
          ))}
        </Box>
      )}
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {fields.map((field, at) => (
          <VariantRow key={field.id} at={at} options={options} onRemove={() => remove(at)} />
        ))}
      </Box>
      {missing > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 2 }}>
          <Button variant="outlined" startIcon={<FillIcon />} onClick={fill} disabled={tooMany}>
            {missing === 1 ? 'Add the missing variant' : `Add the ${missing} missing variants`}
          </Button>
          <Typography variant="body2" color={tooMany ? 'error' : 'textSecondary'}>
            {tooMany
              ? `That would be more than ${MAX_VARIANTS}: take values off the options.`
              : 'You need not sell every choice.'}
          </Typography>
        </Box>
      )}
    </Panel>
  );
}
