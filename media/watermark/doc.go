// Package watermark draws words across a picture, so that they are in every part
// of it that is worth taking.
//
// Ideas:
//
//   - The words stand in slanting rows from edge to edge. Rows are so near to one
//     another, and words in a row too, that every square of 256 pixels has some of
//     them (Side). Letters grow with the picture up to a size at which they are
//     read easily; on a large picture there are more of them, not larger ones.
//   - A letter is light with a dark edge, half transparent: one of the two shows on
//     whatever is below, white, black or busy.
//   - Only luma is drawn on, so a grey picture needs nothing of its own and the
//     colours below stay.
//   - What is drawn on a pixel follows from the size of the picture and the place of
//     the pixel: a picture may be marked in parts.
//
// What is not here: who gets a marked picture (media), where levels come from
// (pyramid), the font (typeface).
package watermark
