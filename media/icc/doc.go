// Package icc reads the colour profile of a picture and converts its pixels to
// sRGB.
//
// Ideas:
//
//   - A profile comes from a stranger: every length and offset is compared with
//     the bytes that are there before it is used, and what a profile can cost is
//     bounded (MaxBytes, maxTags, maxCurve).
//   - Profiles made of three curves and a matrix, and grey ones of one curve, are
//     converted (ICC.1:2022 §8.3.3, §8.4.3, §10.6, §10.18, §10.31). Others (tables,
//     CMYK, Lab) are named and left to the caller, who says so.
//   - The connection space is XYZ of D50, to which both ends are already adapted,
//     so the way is curve, matrix, matrix of sRGB, curve of sRGB. Colours outside
//     of sRGB are cut at its edge channel by channel, as a relative colorimetric
//     conversion without black point compensation does.
//   - A Transform works on 8-bit values with tables and integers; what a float64
//     computation says differs by at most one step.
//
// Standards: ICC.1:2022 (profile version 4.4, and version 2); IEC 61966-2-1 (sRGB).
//
// Not here: where a profile stands in a file, and pictures (package pyramid).
//
// Reading order: profile.go, curve.go, name.go, transform.go, known.go.
package icc
