// Asks a replaying server for every recording with the official Go client, and prints which ones were found.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ollama/ollama/api"
)

type recorded struct {
	Request struct {
		Method, Path string
		Body         json.RawMessage
	}
}

// parse gives the client's own request; a field that it does not know cannot be expressed.
func parse[T any](body string) (*T, error) {
	request := new(T)
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(request); err != nil {
		return nil, inexpressible{err.Error()}
	}
	return request, nil
}

type inexpressible struct{ why string }

func (e inexpressible) Error() string { return e.why }

func call[T any](body string, send func(*T) error) error {
	request, err := parse[T](body)
	if err != nil {
		return err
	}
	return send(request)
}

func ask(c *api.Client, method, path, body string) error {
	ctx := context.Background()
	switch method + " " + path {
	case "POST /api/chat":
		return call(body, func(r *api.ChatRequest) error {
			return c.Chat(ctx, r, func(api.ChatResponse) error { return nil })
		})
	case "POST /api/generate":
		return call(body, func(r *api.GenerateRequest) error {
			return c.Generate(ctx, r, func(api.GenerateResponse) error { return nil })
		})
	case "POST /api/embed":
		return call(body, func(r *api.EmbedRequest) error { _, err := c.Embed(ctx, r); return err })
	case "POST /api/embeddings":
		return call(body, func(r *api.EmbeddingRequest) error { _, err := c.Embeddings(ctx, r); return err })
	case "POST /api/pull":
		return call(body, func(r *api.PullRequest) error {
			return c.Pull(ctx, r, func(api.ProgressResponse) error { return nil })
		})
	case "POST /api/push":
		return call(body, func(r *api.PushRequest) error {
			return c.Push(ctx, r, func(api.ProgressResponse) error { return nil })
		})
	case "POST /api/create":
		return call(body, func(r *api.CreateRequest) error {
			return c.Create(ctx, r, func(api.ProgressResponse) error { return nil })
		})
	case "POST /api/copy":
		return call(body, func(r *api.CopyRequest) error { return c.Copy(ctx, r) })
	case "DELETE /api/delete":
		return call(body, func(r *api.DeleteRequest) error { return c.Delete(ctx, r) })
	case "POST /api/show":
		return call(body, func(r *api.ShowRequest) error { _, err := c.Show(ctx, r); return err })
	case "GET /api/tags":
		_, err := c.List(ctx)
		return err
	case "GET /api/ps":
		_, err := c.ListRunning(ctx)
		return err
	case "GET /api/version":
		_, err := c.Version(ctx)
		return err
	case "GET /api/status":
		_, err := c.CloudStatusExperimental(ctx)
		return err
	case "POST /api/me":
		_, err := c.Whoami(ctx)
		return err
	case "POST /api/signout":
		return c.Signout(ctx)
	case "HEAD /":
		return c.Heartbeat(ctx)
	}
	if digest, found := strings.CutPrefix(path, "/api/blobs/"); found && method == "POST" {
		return c.CreateBlob(ctx, digest, bytes.NewReader([]byte(body)))
	}
	return inexpressible{"no method for " + method + " " + strings.Split(path, "sha256")[0]}
}

func outcome(err error) string {
	var cannot inexpressible
	if errors.As(err, &cannot) {
		return "cannot be expressed: " + cannot.why
	}
	if err != nil {
		if message := err.Error(); strings.Contains(message, "no answer for") {
			reason := message[max(0, strings.Index(message, "the nearest")):]
			return "not found: " + strings.Split(reason, "; available answers")[0]
		}
	}
	return "found"
}

func main() {
	base, err := url.Parse(os.Args[1])
	if err != nil {
		panic(err)
	}
	client := api.NewClient(base, http.DefaultClient)
	files, err := filepath.Glob(filepath.Join(os.Args[2], "*.jsonl"))
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		open, err := os.Open(file)
		if err != nil {
			panic(err)
		}
		lines := bufio.NewScanner(open)
		lines.Buffer(nil, 64<<20)
		lines.Scan()
		var exchange recorded
		if err := json.Unmarshal(lines.Bytes(), &exchange); err != nil {
			panic(err)
		}
		open.Close()
		var body string
		_ = json.Unmarshal(exchange.Request.Body, &body)
		result := outcome(ask(client, exchange.Request.Method, exchange.Request.Path, body))
		fmt.Printf("%s\t%s\n", strings.TrimSuffix(filepath.Base(file), ".jsonl"), result)
	}
}
