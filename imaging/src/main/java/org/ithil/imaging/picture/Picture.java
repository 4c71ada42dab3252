package org.ithil.imaging.picture;

/**
 * Decoded pixels, native and ready for Pixel Data (PS3.5 8.1.1): row by row, samples of a pixel
 * together, 16 bit little endian, unsigned.
 *
 * @param columns width
 * @param rows height
 * @param samples 1 for gray, 3 for RGB
 * @param bits of a sample: 8 or 16, all used
 * @param pixels of odd length if there are so many; nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(int columns, int rows, int samples, int bits, byte[] pixels) {}
