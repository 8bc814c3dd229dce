// Package media keeps pictures, sound and film: their originals, the tile pyramids of
// pictures, captions and transcripts, and the terms and rules under which they are shown. It knows nothing of relics or areas; a
// domain refers to an asset by its id and tells media what shows it.
//
// Ideas:
//
//   - An Asset is a document; its original is a blob that is written and synced
//     before the document, and its pyramid a file that a job makes after it. The
//     pyramid is a cache: it can be made again from the original at any time.
//   - A new version of the program that makes pyramids in another way raises
//     pyramid.Recipe: those that are there are made again slowly and are served as
//     they are until then (renew).
//   - A file comes in whole (Upload) or in pieces (Announce, Append): what a piece
//     has brought is synced before it is noted, so that it is never promised and
//     lost. Both end at one door (accept); what cannot become an asset by its first
//     bytes is refused with them (sniff), not after hours of sending.
//   - Every original is read again within a month (Fixity): what is damaged is told,
//     and served on from its pyramid.
//   - The bytes of an asset never change. Another picture is another asset.
//   - What the public gets of a picture (Rights) follows from its Terms, from what
//     shows it and from the Policy of its organisation, read in one state of the
//     store and never kept: a change of any of them holds from its commit on. It is
//     shown only while a published record shows it and its terms allow; of all rules
//     that hold the strictest counts.
//   - The domain that publishes a record says of which grades the records are that
//     show a picture, in its own transaction (SetShown); withdrawing is the same
//     call, and what is hidden with the record follows (FollowShown). What a grade
//     means is not known here.
//   - A smaller or marked picture is a packed file of its own, named by a digest of
//     what was drawn (form). The public gets nothing until it is made, and a file
//     that rights have left behind is not served again.
//   - Readers come first: a picture that must be rendered waits for no pyramid that
//     is being made, however many are (turns); pyramids and files that come in share
//     all processors but one (pace).
//   - A picture that a record names, be it a draft, cannot be removed.
//   - Sound and film are served from the original, behind masks that were found at
//     the upload (avprobe): tags never leave, no second copy is kept, and offsets
//     stay. Nobody is given an original picture.
//   - One organisation never learns what another has uploaded: equal bytes are
//     found again only inside one organisation.
//   - Nothing of a stranger's file is decoded before its size in bytes and in
//     pixels is known to be bearable; nothing but pixels leaves. Staff read what
//     the file says of its making (Metadata), the position among them by right.
//
// Standards: IIIF Image API 3.0 and Presentation API 3.0 (in iiif and
// mediahttp). What is not here: captions and the order of pictures, which
// belong to the record that shows them; decoding sound and film.
//
// Reading order: asset.go, terms.go, rights.go, policy.go, deps.go, manifest.go,
// view.go, service.go, upload.go, incoming.go, append.go, sniff.go, originals.go, build.go, turns.go,
// pace.go, public.go, image.go, version.go, content.go, track.go, facts.go, list.go, remove.go, sweep.go, renew.go,
// lift.go, fixity.go, metadata.go; then pyramid, avprobe, vtt, watermark, iiif, discovery, mediahttp.
package media
