// Package mediahttp speaks HTTP for media: uploads, the records of assets, and
// IIIF.
//
//	POST   /api/v1/media                       upload: multipart/form-data, the field org before the field file
//	POST   /api/v1/uploads                     resumable upload (tus 1.0.0): begin; HEAD, PATCH, DELETE …/{id}
//	GET    /api/v1/media/fixity?org=           how the originals of an organisation stand
//	GET    /api/v1/media?org=                  the assets of an organisation, for staff
//	GET    /api/v1/media/policies/{org}        what the public gets of its pictures; PUT with If-Match
//	GET    /api/v1/media/{id}                  the record of an asset, for staff
//	GET    /api/v1/media/{id}/metadata         what the file says of its making, for staff
//	DELETE /api/v1/media/{id}?reason=…         tombstone; If-Match
//	PUT    /api/v1/media/{id}/terms            whose it is, its licence, its audience; If-Match
//	GET    /iiif/image/3/{id}                  303 to info.json
//	GET    /iiif/image/3/{id}/info.json
//	GET    /iiif/image/3/{id}/{region}/{size}/{rotation}/{quality}.{format}
//	GET    /iiif/manifest/3/{kind}/{id}        Presentation manifest of a record; ?view=staff
//	GET    /iiif/collection/3/top              the kinds of records and the museums; …/{kind}, …/museums/{id}, …/museums/{id}/{kind}
//	GET    /iiif/discovery/3/activity.json     Change Discovery 1.0; …/pages/{page}
//
// Ideas:
//
//   - {id} is what the public sees. While the public sees nothing, staff who may
//     read the organisation's records get the whole picture there, private and
//     not to be stored. {id}~staff is always the whole picture for staff, so that
//     no cache can mix the two views where the public gets a smaller or marked
//     picture.
//   - A tile or a whole level leaves as the bytes that are stored; every other
//     request is rendered. Nothing but pixels leaves.
//   - Absolute addresses are made from the configured public URL, never from the
//     Host header.
//   - A picture may be withdrawn, so what is public at {id} is kept by caches for ten
//     minutes and then revalidated by its tag: long enough for a walk through a room,
//     and a withdrawn picture is gone everywhere ten minutes later. A revalidation
//     asks the rights and computes nothing.
//   - {id}~v{version} names bytes and rights, too (media.Look.Version). What it gives
//     never changes, so the browser that has seen it keeps it for a year and does not
//     ask again; caches that serve others ask after ten minutes, as above. Rights are
//     asked at each request all the same, and an old version leads to the one that
//     holds now, or to nothing. Manifests name this address; info.json of the plain
//     one leads to it by Link rel="latest-version", which the guide follows. The plain
//     address is the one to cite.
//   - info.json and manifests are always revalidated.
//   - What the public was given last is kept in memory by address and version, so
//     that a tile or thumbnail that everybody looks at is read or drawn once. The
//     rights are asked first (media.Service.PublicLook), each time.
//   - Pages of other sites may read everything below /iiif that is public.
//   - Mistakes in an image address are answered with 400 (Image API 3.0 §7.3), also
//     a format that this server does not offer (§4.5).
//
// Reading order: mount.go, view.go, assets.go, terms.go, policy.go, uploads.go, fixity.go, metadata.go, image.go, replies.go, accept.go, manifest.go,
// credit.go, collection.go, discovery.go.
package mediahttp
