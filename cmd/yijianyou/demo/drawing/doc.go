// Package drawing renders the pictures of the demo data: large schematic
// drawings of kinds of relics and places, in the manner of measured drawings.
// They say on their face that they are drawings and no photographs, because no
// photograph of others is shipped.
//
// A drawing shows what a thing of its kind looks like, not this very thing: no
// detail of it is evidence. Figures stand on it only where the caller knows
// them: the scale bar is labelled from HeightMM or WidthMM, and says that the
// scale is unknown without.
//
// Render is a pure function: the same Spec gives the same pixels on every
// machine of one architecture. It needs about one second and 150 MB.
//
// Three layers: canvas.go, path.go, pen.go and text.go put marks on paper;
// ornament.go and solid.go know bands of ornament and turned bodies; the files
// named after things (bronze.go, ceramic.go, …) draw them in units of their
// own, with x to the right of the middle and y upwards from the ground.
//
// The typeface is a part of Noto Serif CJK SC (font/OFL.txt), made by
// scripts/drawing-font from font/characters.txt; Missing tells which characters
// of a title it lacks.
package drawing
