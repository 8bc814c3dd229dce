// Package discovery keeps the log of what happens to the manifests that the public
// sees, for IIIF Change Discovery 1.0.
//
// Ideas:
//
//   - The log follows the feed of the store and asks the sources of manifests what
//     the public sees of a record after a change. Only when that is another thing
//     than before (media.Service.Digest) is there an activity. So the log holds
//     nothing that the public did not see, whatever the cause of a change: a record,
//     a picture that is ready, terms, a museum that was renamed or withdrawn.
//   - What the public sees no more is a Delete that names the manifest and nothing
//     else.
//   - Activities are numbered without gaps and never change. A page is a range of
//     numbers, so its address and its content are stable. Their times never fall.
//   - One document says how far the log has come: the number, the time and the place
//     in the feed. It is written with the activities, so each change is told once;
//     of two nodes that write, the second is refused and looks again.
//   - In another life of the database (a restore) and at the first start everything
//     is compared anew.
//   - It lags behind by about a second. Lists of what is public (collections) do not
//     come from here.
//
// What is not here: HTTP and addresses (mediahttp).
//
// Reading order: activity.go, log.go, follow.go.
package discovery
