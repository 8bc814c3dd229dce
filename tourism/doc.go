// Package tourism is the visitor side: scenic areas (景区), their spots (景点 and
// facilities), the walking paths between spots, and the stories (讲解) that are
// told of a spot or of a record of the catalogue. It may import heritage and
// stands above it.
//
// Ideas:
//
//   - A Record has an editable content (Fields) and the content that tourists see
//     (Shown), a copy made when it is published. Nothing public is ever made from
//     Fields.
//   - A spot, a path or a story is seen by tourists only while what it belongs to
//     is seen too: an area that is withdrawn takes all of it from view, pictures
//     included, without changing it (sight.go).
//   - The grounds of a museum are an area with MuseumID. Its facts on visiting
//     stand in the museum's record, and search shows the museum, not both.
//   - Unknown is not zero: minutes, steps, access and indoor are unknown unless
//     said. A path that does not say that it is without steps is not step-free.
//   - Opening hours, prices, booking, identity documents, sources, coordinates
//     and texts are the types of heritage, checked by its rules.
//   - How full an area is, is judged by limits that an authority approved
//     (capacity.go, comfort); what the gates counted is asked of Crowds.
//   - What is expected of a crowd (forecast.go) is made of its counts alone, every few
//     minutes and off the requests; it is judged by limits and hours when it is
//     asked for (foretold.go). The index and its figures (assess.go) are made at each
//     request, so that their ages are right. A figure that has no source says so.
//   - What is done when an area fills is its response plan (Capacity.Response): measures
//     that wait for a level, a peak level or the limit. Which comes next follows from the
//     forecast (response.go). Without a plan only the triggers of the scheme are told.
//   - No device measures queues. Staff count the longest one (queue.go); it ages as any
//     measurement does.
//   - A walk (Service.Plan) is made of what is public, over published paths; where
//     none leads, on foot, along straight lines that say that they are an estimate.
//     A wheelchair or pushchair gets only what is said to be accessible. How full a
//     place will be is asked of Expectations. Where the visitor stands is used for the
//     answer and neither stored nor logged.
//   - A day in a city (plan_city.go) goes over its areas, museums and sites, as far as they
//     have a position and are open. No road network is known: ways are estimated
//     from straight lines, unknown hours and lengths of stay are assumed, and the plan names the
//     assumption (city_travel.go). What is made up is planned only for who asks for it.
//   - Where a plan is only a sketch the area says so (Schematic, 示意), and so does
//     every position: PrecisionM and Unverified.
//
// Standards: GB/T 17775-2024 for the grades of areas; GeoJSON (RFC 7946) order
// of coordinates, WGS-84.
//
// What is not here: the search for the best order (route), counting (sensors),
// booking, exhibitions.
//
// Reading order: record.go, area.go, spot.go, path.go, story.go, terms.go, capacity.go, crowd.go,
// assess.go, queue.go, forecast.go, foretold.go, response.go,
// service.go, register.go, publication.go, sight.go, list.go, public.go, searchdoc.go;
// for plans plan.go, plan_land.go, plan_draft.go, plan_area.go, terrain.go, walks.go, plan_city.go, city.go,
// city_travel.go, plan_hours.go, plan_answer.go, expect.go.
package tourism
