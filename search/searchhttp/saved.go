package searchhttp

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search/saved"
	"yijianyou/web/httpkit"
)

const savedBase = "/api/v1/saved-searches"

// SavedView is a saved search as its reader sees it.
type SavedView struct {
	ID        string       `json:"id"`
	Org       actor.OrgID  `json:"org"`
	Rev       int64        `json:"rev"`
	CreatedAt time.Time    `json:"createdAt"`
	UpdatedAt time.Time    `json:"updatedAt"`
	Owner     string       `json:"owner" doc:"name of who saved it"`
	Mine      bool         `json:"mine" doc:"the reader saved it and may change it"`
	Fields    saved.Fields `json:"fields"`
}

func savedView(by actor.Actor) func(*saved.Search) SavedView {
	return func(s *saved.Search) SavedView {
		return SavedView{ID: s.ID, Org: s.Org, Rev: s.Rev, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, Owner: s.OwnerName, Mine: s.Mine(by), Fields: s.Fields}
	}
}

type savedListInput struct {
	Whose string `query:"whose" enum:"mine,shared" default:"mine" doc:"one's own, or what is shared in an organisation"`
	Org   string `query:"org" maxLength:"64" doc:"needed for shared"`
	httpkit.PageInput
}

type savedListOutput struct{ Body httpkit.Page[SavedView] }

// SavedIDInput names a saved search. Exported as FacetInput is.
type SavedIDInput struct {
	ID string `path:"id" maxLength:"64"`
}

type savedOutput struct {
	httpkit.Entity
	Location string `header:"Location"`
	Body     SavedView
}

type newSavedInput struct {
	Body NewSavedBody
}

// NewSavedBody is a search that is to be saved.
type NewSavedBody struct {
	Org    actor.OrgID  `json:"org" doc:"where it belongs: an organisation in which one may read"`
	Fields saved.Fields `json:"fields"`
}

type changeSavedInput struct {
	SavedIDInput
	httpkit.IfMatchInput
	Body struct {
		Fields saved.Fields `json:"fields"`
	}
}

type removeSavedInput struct {
	SavedIDInput
	httpkit.IfMatchInput
}

func savedAnswer(ctx context.Context, s *saved.Search, err error) (*savedOutput, error) {
	if err != nil {
		return nil, httpkit.Under(err, "fields", "org")
	}
	return &savedOutput{Entity: httpkit.NewEntity(ctx, s.Rev, string(httpkit.StaffView)), Body: savedView(httpkit.Actor(ctx))(s)}, nil
}

// mountSaved declares the searches that staff keep.
func mountSaved(r *httpkit.Router, svc *saved.Service) {
	op := func(method, path, id, summary string, faults ...*fault.Code) httpkit.Op {
		return httpkit.Op{Method: method, Path: savedBase + path, ID: id, Tag: "search", Summary: summary, Policy: httpkit.Session(), Faults: faults}
	}
	httpkit.Handle(r, op("GET", "", "saved-search-list", "Searches that one saved, or that are shared in an organisation"),
		func(ctx context.Context, in *savedListInput) (*savedListOutput, error) {
			by := httpkit.Actor(ctx)
			var page store.Page[saved.Search]
			var err error
			if in.Whose == "shared" {
				page, err = svc.Shared(ctx, by, actor.OrgID(in.Org), in.Limit, in.After())
			} else {
				page, err = svc.Mine(ctx, by, in.Limit, in.After())
			}
			if err != nil {
				return nil, inQuery(err)
			}
			return &savedListOutput{Body: httpkit.NewPage(page, savedView(by))}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}", "saved-search-by-id", "One saved search"),
		func(ctx context.Context, in *SavedIDInput) (*savedOutput, error) {
			s, err := svc.ByID(ctx, httpkit.Actor(ctx), in.ID)
			return savedAnswer(ctx, s, err)
		})
	create := op("POST", "", "saved-search-create", "Save a search, for oneself or for an organisation", saved.ErrTaken, saved.ErrTooMany)
	create.Status = 201
	httpkit.Handle(r, create, func(ctx context.Context, in *newSavedInput) (*savedOutput, error) {
		s, err := svc.Create(ctx, httpkit.Actor(ctx), saved.Draft(in.Body))
		out, err := savedAnswer(ctx, s, err)
		if err == nil {
			out.Location = savedBase + "/" + s.ID
		}
		return out, err
	})
	httpkit.Handle(r, op("PUT", "/{id}", "saved-search-change", "Rename a saved search, change its question, share it or not", saved.ErrTaken, saved.ErrDenied),
		func(ctx context.Context, in *changeSavedInput) (*savedOutput, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			s, err := svc.Change(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Fields)
			return savedAnswer(ctx, s, err)
		})
	httpkit.Handle(r, op("DELETE", "/{id}", "saved-search-remove", "Remove a saved search", saved.ErrDenied),
		func(ctx context.Context, in *removeSavedInput) (*struct{}, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return nil, svc.Remove(ctx, httpkit.Actor(ctx), in.ID, rev)
		})
}
