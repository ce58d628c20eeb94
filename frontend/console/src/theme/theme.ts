import type { ThemeOptions } from '@mui/material/styles';
import { colours, fonts, labelCaps } from './colours';

declare module '@mui/material/styles' {
  interface Palette {
    line: string;
    quiet: string;
    strongLine: string;
  }
  interface PaletteOptions {
    line?: string;
    quiet?: string;
    strongLine?: string;
  }
  interface TypographyVariants {
    label: React.CSSProperties;
  }
  interface TypographyVariantsOptions {
    label?: React.CSSProperties;
  }
}

declare module '@mui/material/Typography' {
  interface TypographyPropsVariantOverrides {
    label: true;
  }
}

const light = {
  mode: 'light',
  primary: {
    main: colours.enamel800,
    dark: colours.enamel900,
    light: colours.enamel700,
    contrastText: '#fff',
  },
  secondary: {
    main: colours.tape400,
    dark: colours.tape500,
    light: colours.tape100,
    contrastText: colours.iron950,
  },
  error: { main: colours.oxide700, light: colours.oxide100, contrastText: '#fff' },
  warning: { main: '#8a6100', light: colours.tape100, contrastText: '#fff' },
  success: { main: colours.enamel700, light: colours.enamel100, contrastText: '#fff' },
  info: { main: colours.iron700, light: colours.iron100, contrastText: '#fff' },
  background: { default: colours.zinc, paper: '#fff' },
  text: { primary: colours.iron900, secondary: colours.iron600, disabled: colours.iron400 },
  divider: colours.iron200,
  line: colours.iron200,
  strongLine: colours.iron600,
  quiet: '#f6f8f7',
} as const;

const dark = {
  mode: 'dark',
  primary: { main: colours.enamel300, dark: '#6fb09a', light: '#b4dccd', contrastText: colours.enamel950 },
  secondary: {
    main: colours.tape400,
    dark: colours.tape500,
    light: '#4a3d10',
    contrastText: colours.iron950,
  },
  error: { main: colours.oxide300, light: '#4a1d13', contrastText: colours.iron950 },
  warning: { main: colours.tape400, light: '#423610', contrastText: colours.iron950 },
  success: { main: colours.enamel300, light: '#143c31', contrastText: colours.iron950 },
  info: { main: colours.iron300, light: colours.iron800, contrastText: colours.iron950 },
  background: { default: colours.iron950, paper: colours.iron900 },
  text: { primary: '#eef3f0', secondary: colours.iron300, disabled: colours.iron400 },
  divider: colours.iron700,
  line: colours.iron700,
  strongLine: colours.iron400,
  quiet: '#202c28',
} as const;

const heading = { fontFamily: fonts.display, letterSpacing: '-0.015em', textWrap: 'balance' } as const;

const RADIUS = 8;

function build(palette: typeof light | typeof dark): ThemeOptions {
  const isDark = palette.mode === 'dark';
  const focus = isDark ? colours.tape400 : colours.iron950;
  return {
    palette,
    shape: { borderRadius: RADIUS },
    typography: {
      fontFamily: fonts.sans,
      fontSize: 14,
      h1: { ...heading, fontWeight: 800, fontSize: 'clamp(1.5rem, 1.1rem + 1.4vw, 2.1rem)', lineHeight: 1.1 },
      h2: { ...heading, fontWeight: 750, fontSize: '1.2rem', lineHeight: 1.25 },
      h3: { ...heading, fontWeight: 700, fontSize: '1.02rem', lineHeight: 1.3 },
      body1: { fontSize: '0.9375rem', lineHeight: 1.5 },
      body2: { fontSize: '0.875rem', lineHeight: 1.45 },
      button: { fontWeight: 600, textTransform: 'none', letterSpacing: 0 },
      label: { ...labelCaps },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          body: { minWidth: '20rem', fontVariantNumeric: 'tabular-nums', WebkitFontSmoothing: 'antialiased' },
          ':focus-visible': { outline: `3px solid ${focus}`, outlineOffset: 2 },
          '::selection': { backgroundColor: colours.tape400, color: colours.iron950 },
          '@media (prefers-reduced-motion: reduce)': {
            '*, ::before, ::after': {
              animationDuration: '0.01ms !important',
              animationIterationCount: '1 !important',
              transitionDuration: '0.01ms !important',
            },
          },
        },
      },
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: {
          root: { '&.Mui-focusVisible': { outline: `3px solid ${focus}`, outlineOffset: 2 } },
        },
      },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: { borderRadius: RADIUS, minHeight: 38, paddingInline: 14, lineHeight: 1.2 },
          sizeSmall: { minHeight: 32, paddingInline: 10 },
          contained: {
            variants: [
              {
                props: { color: 'secondary' },
                style: {
                  boxShadow: 'inset 0 -3px 0 #0000001f',
                  '&:hover': { boxShadow: 'inset 0 -3px 0 #0000001f' },
                },
              },
            ],
          },
          outlined: { borderColor: palette.strongLine, backgroundColor: palette.background.paper },
        },
      },
      MuiIconButton: { styleOverrides: { root: { borderRadius: RADIUS } } },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiCard: {
        styleOverrides: {
          root: { border: `1px solid ${palette.line}`, borderRadius: 12, boxShadow: 'none' },
        },
      },
      MuiDialog: {
        styleOverrides: { paper: { borderRadius: 14, border: `1px solid ${palette.line}`, margin: 16 } },
      },
      MuiDialogTitle: {
        styleOverrides: { root: { ...heading, fontWeight: 750, fontSize: '1.25rem', lineHeight: 1.25 } },
      },
      MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 20px', flexWrap: 'wrap', gap: 8 } } },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', fullWidth: true, margin: 'none' } },
      MuiFormControl: { defaultProps: { size: 'small', fullWidth: true, margin: 'none' } },
      MuiAutocomplete: { defaultProps: { size: 'small', fullWidth: true } },
      MuiOutlinedInput: {
        styleOverrides: {
          root: {
            backgroundColor: palette.background.paper,
            '&:not(.Mui-error):not(.Mui-focused) .MuiOutlinedInput-notchedOutline': {
              borderColor: isDark ? colours.iron600 : '#7c8a84',
            },
          },
        },
      },
      MuiInputLabel: { styleOverrides: { root: { color: palette.text.secondary } } },
      MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
      MuiTableHead: { styleOverrides: { root: { backgroundColor: palette.quiet } } },
      MuiTableCell: {
        styleOverrides: {
          root: { borderColor: palette.line, padding: '9px 12px', fontSize: '0.875rem' },
          head: {
            ...labelCaps,
            color: palette.text.secondary,
            backgroundColor: palette.quiet,
            whiteSpace: 'nowrap',
          },
          paddingCheckbox: { padding: '0 4px 0 10px', width: 44 },
        },
      },
      MuiTableRow: { styleOverrides: { root: { '&:last-child td': { borderBottom: 0 } } } },
      MuiChip: { styleOverrides: { root: { fontWeight: 600, borderRadius: 6 }, sizeSmall: { height: 22 } } },
      MuiTabs: {
        styleOverrides: {
          root: { minHeight: 42 },
          indicator: { height: 4, backgroundColor: isDark ? colours.tape400 : colours.tape500 },
        },
      },
      MuiTab: {
        styleOverrides: {
          root: {
            minHeight: 42,
            padding: '8px 14px',
            fontWeight: 600,
            color: palette.text.secondary,
            '&.Mui-selected': { color: palette.text.primary },
          },
        },
      },
      MuiTooltip: {
        styleOverrides: { tooltip: { backgroundColor: colours.iron950, fontSize: '0.8125rem' } },
      },
      MuiAlert: {
        styleOverrides: {
          root: { borderRadius: RADIUS, border: '1px solid', alignItems: 'center', fontSize: '0.9rem' },
          standard: {
            variants: (['error', 'warning', 'success', 'info'] as const).map((severity) => ({
              props: { severity },
              style: {
                backgroundColor: palette[severity].light,
                color: palette.text.primary,
                borderColor: palette[severity].main,
                '& .MuiAlert-icon': { color: palette[severity].main },
              },
            })),
          },
        },
      },
      MuiLinearProgress: {
        styleOverrides: {
          root: { height: 10, borderRadius: 5, backgroundColor: palette.line },
          bar: { borderRadius: 5, backgroundColor: isDark ? colours.tape400 : colours.enamel700 },
        },
      },
      MuiToggleButton: {
        styleOverrides: {
          root: {
            textTransform: 'none',
            fontWeight: 600,
            borderColor: palette.strongLine,
            color: palette.text.primary,
            '&.Mui-selected, &.Mui-selected:hover': {
              backgroundColor: isDark ? colours.enamel700 : colours.enamel800,
              color: '#fff',
            },
          },
        },
      },
      MuiListItem: {
        styleOverrides: {
          root: { '& + .MuiListItem-root': { borderTop: `1px solid ${palette.line}` } },
        },
      },
      MuiLink: {
        defaultProps: { underline: 'always' },
        styleOverrides: {
          root: {
            fontWeight: 600,
            textDecorationThickness: 2,
            textUnderlineOffset: 3,
            textDecorationColor: isDark ? colours.enamel700 : colours.enamel300,
          },
        },
      },
    },
  };
}

export const lightTheme = build(light);
export const darkTheme = build(dark);
