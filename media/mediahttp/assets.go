package mediahttp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

const mediaWrite = actor.MediaWrite

const maxOrgField = 64 // bytes of the field org

// upload reads a form of two fields without holding the file in memory.
func (h *handler) upload(c *fiber.Ctx) error {
	mediaType, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	body := c.Context().RequestBodyStream()
	if err != nil || mediaType != fiber.MIMEMultipartForm || params["boundary"] == "" || body == nil {
		return ErrForm.New()
	}
	form := multipart.NewReader(body, params["boundary"])
	org := ""
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return ErrForm.New()
		}
		if err != nil {
			return ErrForm.Wrap(err)
		}
		switch part.FormName() {
		case "org":
			b, err := io.ReadAll(io.LimitReader(part, maxOrgField+1))
			if err != nil {
				return ErrForm.Wrap(err)
			}
			org = string(b)
		case "file":
			if org == "" {
				return ErrForm.New()
			}
			ctx := c.UserContext()
			a, created, err := h.Service.Upload(ctx, httpkit.Actor(ctx), actor.OrgID(org), part.FileName(), part)
			if err != nil {
				return err
			}
			if created {
				c.Status(fiber.StatusCreated)
			}
			c.Set(fiber.HeaderLocation, "/api/v1/media/"+a.ID)
			c.Set(fiber.HeaderETag, httpkit.ETag(a.Rev, httpkit.StaffView, httpkit.Lang(ctx)))
			c.Set(fiber.HeaderCacheControl, "private, no-store")
			view, err := h.view(ctx, a)
			if err != nil {
				return err
			}
			return c.JSON(view)
		}
	}
}

type assetInput struct {
	ID string `path:"id" format:"uuid"`
}

type assetOutput struct {
	httpkit.Entity
	Body assetView
}

func (h *handler) asset(ctx context.Context, in *assetInput) (*assetOutput, error) {
	a, err := h.Service.See(ctx, httpkit.Actor(ctx), in.ID)
	return h.output(ctx, a, err)
}

// output is the answer about one asset.
func (h *handler) output(ctx context.Context, a *media.Asset, err error) (*assetOutput, error) {
	if err != nil {
		return nil, err
	}
	view, err := h.view(ctx, a)
	if err != nil {
		return nil, err
	}
	form := string(httpkit.StaffView)
	if rev := view.Why.PolicyRev; rev > 0 { // what the public gets changes with the policy, and the asset does not
		form = fmt.Sprintf("%s.%d", form, rev)
	}
	if at := view.Fixity.CheckedAt; at != nil { // so does what a reading of the original found
		form = fmt.Sprintf("%s.%x", form, at.UnixMilli())
	}
	out := &assetOutput{Entity: httpkit.NewEntity(ctx, a.Rev, form), Body: view}
	out.CacheControl = privateAny
	return out, nil
}

type removeInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Reason string `query:"reason" maxLength:"500" doc:"why; kept in the history"`
}

type nothing struct{}

func (h *handler) remove(ctx context.Context, in *removeInput) (*nothing, error) {
	rev, err := in.Rev()
	if err != nil {
		return nil, err
	}
	return &nothing{}, h.Service.Remove(ctx, httpkit.Actor(ctx), in.ID, rev, in.Reason)
}
