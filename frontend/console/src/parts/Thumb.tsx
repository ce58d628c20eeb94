import ImageIcon from '@mui/icons-material/ImageOutlined';
import Box from '@mui/material/Box';

/** A small picture, or the place of one. */
export function Thumb({
  image,
  size = 44,
}: {
  image: { url: string; alt: string } | null | undefined;
  size?: number;
}) {
  return (
    <Box
      sx={{
        width: size,
        height: size,
        flexShrink: 0,
        borderRadius: 1,
        overflow: 'hidden',
        border: 1,
        borderColor: 'divider',
        backgroundColor: '#fff',
        color: '#8b9a94',
        display: 'grid',
        placeItems: 'center',
      }}
    >
      {image ? (
        <img
          src={image.url}
          alt=""
          loading="lazy"
          width={size}
          height={size}
          style={{ width: '100%', height: '100%', objectFit: 'contain' }}
        />
      ) : (
        <ImageIcon aria-hidden="true" fontSize="small" />
      )}
    </Box>
  );
}
