package sensorshttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// ContactView is somebody or something outside that is told of alarms. Those who
// may not set it see where its address leads, not all of it.
type ContactView struct {
	Record[sensors.ContactFields]
}

func contactView(c *sensors.Contact) ContactView { return ContactView{record(&c.Meta, c.Fields)} }

// CreatedContact is a new contact with its secret.
type CreatedContact struct {
	ContactView
	Secret string `json:"secret" doc:"that the posts of a webhook are signed with; shown this once, empty for an e-mail"`
}

type contactsInput struct {
	Org string `query:"org" maxLength:"64" doc:"whose; needed when the actor reads several organisations"`
	httpkit.PageInput
}

type contactInput struct {
	ID string `path:"id" format:"uuid"`
}

type newContactInput struct {
	Body NewContactBody
}

// NewContactBody is a contact that is to be registered.
type NewContactBody struct {
	Org    actor.OrgID           `json:"org" doc:"whose alarms it is told of"`
	Fields sensors.ContactFields `json:"fields"`
}

type contactSecretOutput struct {
	Body struct {
		Secret string `json:"secret" doc:"shown this once; the one before has ended"`
	}
}

type attemptOutput struct {
	Body sensors.DeliveryAttempt
}

// mountContacts declares who outside is told of alarms.
func mountContacts(r *httpkit.Router, n *sensors.Notifier) {
	const base = "/api/v1/alarm-contacts"
	op := func(method, path, id, summary string, policy httpkit.Policy) httpkit.Op {
		return httpkit.Op{Method: method, Path: base + path, ID: id, Tag: "alarms", Summary: summary, Policy: policy}
	}
	httpkit.Handle(r, op("GET", "", "alarm-contacts", "Who outside is told of the alarms of an organisation", readAlarms),
		func(ctx context.Context, in *contactsInput) (*listOutput[ContactView], error) {
			page, err := n.Contacts(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &listOutput[ContactView]{Body: httpkit.NewPage(page, contactView)}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}", "alarm-contact-by-id", "One contact", readAlarms),
		func(ctx context.Context, in *contactInput) (*oneOutput[ContactView], error) {
			c, err := n.Contact(ctx, httpkit.Actor(ctx), in.ID)
			return contactOutput(ctx, c, err)
		})
	create := op("POST", "", "alarm-contact-create", "Register a contact", setupAlarms)
	create.Status, create.NoReplay = 201, true
	httpkit.Handle(r, create, func(ctx context.Context, in *newContactInput) (*createdOutput[CreatedContact], error) {
		c, secret, err := n.CreateContact(ctx, httpkit.Actor(ctx), sensors.NewContact(in.Body))
		if err != nil {
			return nil, httpkit.Under(err, "fields", "org", "id")
		}
		return &createdOutput[CreatedContact]{Entity: entity(ctx, c.Rev), Location: base + "/" + c.ID, Body: CreatedContact{contactView(c), secret}}, nil
	})
	httpkit.Handle(r, op("PUT", "/{id}", "alarm-contact-change", "Replace what is known of a contact; its kind stays", setupAlarms),
		func(ctx context.Context, in *changeInput[sensors.ContactFields]) (*oneOutput[ContactView], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			c, err := n.ChangeContact(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Fields)
			return contactOutput(ctx, c, httpkit.Under(err, "fields", "org", "id"))
		})
	httpkit.Handle(r, op("DELETE", "/{id}", "alarm-contact-remove", "Remove a contact and its secret", setupAlarms),
		func(ctx context.Context, in *removeInput) (*struct{}, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return nil, n.RemoveContact(ctx, httpkit.Actor(ctx), in.ID, rev, in.Reason)
		})
	renew := op("POST", "/{id}/secret", "alarm-contact-secret", "Make a new secret of a webhook", setupAlarms)
	renew.NoReplay = true
	httpkit.Handle(r, renew, func(ctx context.Context, in *contactInput) (*contactSecretOutput, error) {
		secret, err := n.RenewSecret(ctx, httpkit.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		out := &contactSecretOutput{}
		out.Body.Secret = secret
		return out, nil
	})
	httpkit.Handle(r, op("POST", "/{id}/test", "alarm-contact-test", "Send a message that says it is a test, and tell how that went", setupAlarms),
		func(ctx context.Context, in *contactInput) (*attemptOutput, error) {
			try, err := n.TryContact(ctx, httpkit.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return &attemptOutput{Body: try}, nil
		})
}

func contactOutput(ctx context.Context, c *sensors.Contact, err error) (*oneOutput[ContactView], error) {
	if err != nil {
		return nil, err
	}
	return &oneOutput[ContactView]{Entity: entity(ctx, c.Rev), Body: contactView(c)}, nil
}
