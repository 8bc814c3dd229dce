// Package tus is the grammar of resumable uploads: the headers of the tus
// protocol 1.0.0 (https://tus.io/protocols/resumable-upload), core, and its
// extensions creation, checksum, expiration and termination.
//
// It is pure: text in, values out, every length bounded before it is looked at.
// What an upload is and who may continue it is package media; the routes are in
// media/mediahttp.
//
// Not here: creation-with-upload, creation-defer-length, checksum-trailer and
// concatenation, which this server does not offer.
package tus
