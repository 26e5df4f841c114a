// Uses the endpoints of a server with local models by the official Go client.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"

	"github.com/ollama/ollama/api"
)

const model = "llama3.2:3b"

var ctx = context.Background()

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func check(fact bool, what string) {
	if !fact {
		panic(what)
	}
}

func main() {
	base, err := url.Parse(os.Args[1])
	must(err)
	c := api.NewClient(base, http.DefaultClient)

	must(c.Heartbeat(ctx))
	version, err := c.Version(ctx)
	must(err)
	check(version != "", "version")

	status := ""
	must(c.Pull(ctx, &api.PullRequest{Model: "qwen3:1.7b"}, func(p api.ProgressResponse) error { status = p.Status; return nil }))
	check(status == "success", "pull")
	check(has(c, "qwen3:1.7b"), "tags after a pull")
	show, err := c.Show(ctx, &api.ShowRequest{Model: model})
	must(err)
	check(len(show.Capabilities) > 0, "show")

	single := chat(c, func(r *api.ChatRequest) { r.Stream = new(bool) })
	check(len(single) == 1 && single[0].Message.Content != "", "single chat")
	streamed := chat(c, func(*api.ChatRequest) {})
	check(len(streamed) > 1 && streamed[len(streamed)-1].Done, "streamed chat")

	var tool api.Tool
	must(json.Unmarshal([]byte(`{"type":"function","function":{"name":"get_weather","description":"The weather",
		"parameters":{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}}}`), &tool))
	called := chat(c, func(r *api.ChatRequest) { r.Tools = api.Tools{tool} })
	check(slices.ContainsFunc(called, func(r api.ChatResponse) bool { return len(r.Message.ToolCalls) == 1 }), "tools")
	thought := chat(c, func(r *api.ChatRequest) { r.Model = "qwen3:0.6b"; r.Think = &api.ThinkValue{Value: true} })
	check(slices.ContainsFunc(thought, func(r api.ChatResponse) bool { return r.Message.Thinking != "" }), "thinking")

	embedded, err := c.Embed(ctx, &api.EmbedRequest{Model: "all-minilm:22m", Input: []string{"a", "b"}})
	must(err)
	check(len(embedded.Embeddings) == 2, "embed")

	must(c.Copy(ctx, &api.CopyRequest{Source: model, Destination: "mine"}))
	check(has(c, "mine:latest"), "copy")
	must(c.Delete(ctx, &api.DeleteRequest{Model: "mine"}))
	check(!has(c, "mine:latest"), "delete")

	blob := append([]byte("GGUF"), make([]byte, 40_000_000)...)
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(blob))
	must(c.CreateBlob(ctx, digest, bytes.NewReader(blob)))
	must(c.Create(ctx, &api.CreateRequest{Model: "created", Files: map[string]string{"model.gguf": digest}},
		func(p api.ProgressResponse) error { status = p.Status; return nil }))
	check(status == "success" && has(c, "created:latest"), "create")

	err = c.Chat(ctx, &api.ChatRequest{Model: "unknown", Messages: []api.Message{{Role: "user", Content: "x"}}},
		func(api.ChatResponse) error { return nil })
	var refused api.StatusError
	check(errors.As(err, &refused) && refused.StatusCode == http.StatusNotFound, "unknown model")
}

func chat(c *api.Client, change func(*api.ChatRequest)) []api.ChatResponse {
	request := &api.ChatRequest{Model: model, Messages: []api.Message{{Role: "user", Content: "Why is the sky blue?"}}}
	change(request)
	var parts []api.ChatResponse
	must(c.Chat(ctx, request, func(r api.ChatResponse) error { parts = append(parts, r); return nil }))
	return parts
}

func has(c *api.Client, name string) bool {
	list, err := c.List(ctx)
	must(err)
	return slices.ContainsFunc(list.Models, func(m api.ListModelResponse) bool { return m.Name == name })
}
