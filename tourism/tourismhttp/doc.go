// Package tourismhttp is the HTTP of the visitor side: /api/v1/areas, spots,
// paths and stories, each with a public and a staff view.
//
// Ideas:
//
//   - The public view is the same for everybody and carries both languages; codes
//     come with their labels. The staff view (?view=staff) carries the record as
//     it is stored, with its publication.
//   - A handler parses, calls one method of tourism.Service and makes a view; the
//     four types of record share crud.go.
//
// What is not here: rules (tourism), search (searchhttp), pictures (mediahttp).
//
// Reading order: mount.go, crud.go, views.go.
package tourismhttp
