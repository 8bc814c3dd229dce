package mediahttp

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"time"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

const mediaWrite = actor.MediaWrite

// assetView is the record of an asset as staff see it.
type assetView struct {
	ID         string       `json:"id"`
	Org        actor.OrgID  `json:"org"`
	SHA256     string       `json:"sha256" doc:"of the original, hexadecimal"`
	Name       string       `json:"name" doc:"of the uploaded file"`
	Kind       media.Kind   `json:"kind" enum:"jpeg,png" doc:"of the original"`
	Width      int          `json:"width" doc:"pixels, upright"`
	Height     int          `json:"height" doc:"pixels, upright"`
	Bytes      int64        `json:"bytes" doc:"of the original"`
	Colour     media.Colour `json:"colour" enum:"srgb,converted,assumed," doc:"srgb: the file says so; converted: from the space of profile; assumed: shown as if it were sRGB; empty: uploaded before that was asked"`
	Profile    string       `json:"profile" doc:"name of its colour space; empty when the file does not say"`
	Rights     media.Rights `json:"rights"`
	State      media.State  `json:"state" enum:"uploaded,processing,ready,failed,removed"`
	Fault      string       `json:"fault" doc:"code of what is wrong with the file when state is failed, else empty"`
	Public     bool         `json:"public" doc:"everybody may see it now"`
	Service    string       `json:"service" doc:"path of its IIIF image service for staff"`
	UploadedBy string       `json:"uploadedBy" doc:"account"`
	CreatedAt  time.Time    `json:"createdAt"`
	UpdatedAt  time.Time    `json:"updatedAt"`
	Rev        int64        `json:"rev"`
}

func viewOf(a *media.Asset) assetView {
	return assetView{ID: a.ID, Org: a.Org, SHA256: a.SHA256, Name: a.Name, Kind: a.Kind, Width: a.Width, Height: a.Height, Bytes: a.Bytes, Colour: a.Colour, Profile: a.Profile,
		Rights: a.Rights, State: a.State, Fault: a.Fault, Public: a.IsPublic(), Service: imagePath + a.ID + variantMark + staffVariant, UploadedBy: a.UploadedBy,
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt, Rev: a.Rev}
}

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
			return c.JSON(viewOf(a))
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
	if err != nil {
		return nil, err
	}
	return &assetOutput{Entity: httpkit.NewEntity(ctx, a.Rev, string(httpkit.StaffView)), Body: viewOf(a)}, nil
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
