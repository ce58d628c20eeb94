/** The shop's colours, by what they are taken from. */
export const colours = {
  iron950: '#101815',
  iron900: '#1a2521',
  iron800: '#26332e',
  iron700: '#394742',
  iron600: '#51605a',
  iron400: '#8b9a94',
  iron300: '#b9c4bf',
  iron200: '#d6deda',
  iron100: '#e6ebe8',
  zinc: '#f0f3f1',
  enamel950: '#05261f',
  enamel900: '#07382d',
  enamel800: '#0b4a3b',
  enamel700: '#0f5d4a',
  enamel300: '#8fc4b1',
  enamel100: '#dcece5',
  tape600: '#c79700',
  tape500: '#f5bb00',
  tape400: '#ffcf33',
  tape100: '#fff1c2',
  oxide700: '#a02c17',
  oxide300: '#f0a08c',
  oxide100: '#fbe4dd',
} as const;

/** A tape measure: yellow with black ticks, a longer one at each fifth. */
export const tape = {
  backgroundColor: colours.tape400,
  backgroundImage: `repeating-linear-gradient(90deg, ${colours.iron950} 0 1.5px, transparent 1.5px 50px), repeating-linear-gradient(90deg, ${colours.iron950} 0 1px, transparent 1px 10px)`,
  backgroundSize: '100% 100%, 100% 45%',
  backgroundRepeat: 'no-repeat',
} as const;

export const fonts = {
  display: '"Besley Variable", Rockwell, Georgia, serif',
  sans: '"Archivo Variable", "Helvetica Neue", Arial, sans-serif',
} as const;

/** Small condensed capitals, as on a drawer's label. */
export const labelCaps = {
  fontFamily: fonts.sans,
  fontStretch: '84%',
  fontWeight: 650,
  fontSize: '0.75rem',
  letterSpacing: '0.08em',
  textTransform: 'uppercase',
  lineHeight: 1.4,
} as const;
