// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | {\"model\":\"a b\",\"prompt\":\"x\"} | 400 | invalid model name",
                "embeddings | {\"prompt\":\"x\"} | 400 | model is required",
                "embed | {\"model\":\"all-minilm:22m\",\"input\":[1]} | 400 | invalid input type",
                "copy | {\"source\":\"a b\",\"destination\":\"c\"} | 400 | source \"a b\" is invalid",
                "copy | {\"source\":\"llama3.2\",\"destination\":\"-c\"} | 400 | destination \"-c\" is invalid",
                "push | {\"model\":\"\"} | 400 | model is required",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"10\"} | 400 | time: missing unit in duration \"10\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":true} | 400 | Unsupported type: 'bool'",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":[]} | 400 | Unsupported type: '[]interface {}'",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":{}} | 400 | Unsupported type: 'map[string]interface {}'",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"1d\"} | 400 | time: unknown unit \"d\" in duration \"1d\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"1h5\"} | 400 | time: missing unit in duration \"1h5\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"1h.\"} | 400 | time: invalid duration \"1h.\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"\"} | 400 | time: invalid duration \"\"",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"raw\":true,\"system\":\"s\"} | 400 | "
                        + "raw mode does not support template, system, or context",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"options\":{\"stop\":\"x\"}} | 500 | "
                        + "option \"stop\" must be of type array",
                "create | {\"model\":\"m\",\"files\":{\"/etc/x\":\"sha256:1\"}} | 400 | file path must be relative",
                "create | {\"model\":\"m\",\"files\":{\"x\":\"\"}} | 400 | invalid digest format",
                "me | {} | 401 | unauthorized",
                "signout | {} | 401 | you are not currently signed in",
            })
    void invalidRequestsAreRefusedWithOllamasMessages(String endpoint, String body, int status, String error)
            throws Exception {
        HttpResponse<String> response = server.post("/api/" + endpoint, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").asString()).isEqualTo(error);
    }

    /** The parser's words and the place where it stops, as Go's decoder has them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model': | unexpected EOF",
                "{'model':'a | unexpected EOF",
                "{'a':[1,{ | unexpected EOF",
                "{'a':tr | unexpected EOF",
                "{'a':- | unexpected EOF",
                "model=llama3.2 | invalid character 'm' looking for beginning of value",
                "<html> | invalid character '<' looking for beginning of value",
                "{model:'a'} | invalid character 'm' looking for beginning of object key string",
                "{'model':'a',} | invalid character '}' looking for beginning of object key string",
                "{'a':[1,]} | invalid character ']' looking for beginning of value",
                "{'a':[1 2]} | invalid character '2' after array element",
                "{'a':{'b':[]} 'c':1} | invalid character '\"' after object key:value pair",
                "{'a' 'b'} | invalid character '\"' after object key",
                "{'a':True} | invalid character 'T' looking for beginning of value",
                "{'a':nul} | invalid character '}' in literal null (expecting 'l')",
                "{'a':-x} | invalid character 'x' in numeric literal",
                "{'a':01} | invalid character '1' after object key:value pair",
                "{'a':1.} | invalid character '}' after decimal point in numeric literal",
                "{'a':1e+} | invalid character '}' in exponent of numeric literal",
                "{'a':'\\x'} | invalid character 'x' in string escape code",
                "{'a':'\\u00g0'} | invalid character 'g' in \\u hexadecimal character escape",
                "{'a':'b\tc'} | invalid character '\\t' in string literal",
                "{'a':\u00e4} | invalid character '\u00c3' looking for beginning of value",
                "[] | json: cannot unmarshal array into Go value of type api.ChatRequest",
                "true | json: cannot unmarshal bool into Go value of type api.ChatRequest",
                "7 | json: cannot unmarshal number into Go value of type api.ChatRequest",
            })
    void h12WhatIsNoJsonIsRefusedInTheWordsOfTheServer(String body, String error) throws Exception {
        HttpResponse<String> response = server.post("/api/chat", body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asString()).isEqualTo(error);
    }

    /** As the server's decoder, which reads one value. */
    @Test
    void h12WhatFollowsTheFirstValueIsNotRead() throws Exception {
        assertThat(server.post("/api/show", "{\"model\":\"qwen3\"} and more").statusCode())
                .isEqualTo(200);
        assertThat(server.post("/api/show", "{\"model\":\"qwen3\"}{\"model\":7}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Each of these was answered with 200, or with other words than the server's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chat | 'messages':'hi' | cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message",
                "chat | 'messages':{'role':'user'} | cannot unmarshal object into Go struct field ChatRequest.messages of type "
                        + "[]api.Message",
                "chat | 'messages':['hi'] | cannot unmarshal string into Go struct field ChatRequest.messages of type api.Message",
                "chat | 'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}] | cannot unmarshal array into "
                        + "Go struct field ChatRequest.messages.content of type string",
                "chat | 'messages':[{'role':7,'content':'x'}] | cannot unmarshal number into Go struct field "
                        + "ChatRequest.messages.role of type string",
                "chat | 'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f','arguments':'{}'}}]}] | cannot "
                        + "unmarshal string into Go struct field ChatRequest.messages.tool_calls.function.arguments of type "
                        + "api.ToolCallFunctionArguments",
                "chat | 'stream':'no' | cannot unmarshal string into Go struct field ChatRequest.stream of type bool",
                "generate | 'stream':0 | cannot unmarshal number into Go struct field GenerateRequest.stream of type bool",
                "generate | 'prompt':['x'] | cannot unmarshal array into Go struct field GenerateRequest.prompt of type string",
                "generate | 'raw':'true' | cannot unmarshal string into Go struct field GenerateRequest.raw of type bool",
                "generate | 'context':'1' | cannot unmarshal string into Go struct field GenerateRequest.context of type []int",
                "chat | 'options':[] | cannot unmarshal array into Go struct field ChatRequest.options of type "
                        + "map[string]interface {}",
                "chat | 'tools':{} | cannot unmarshal object into Go struct field ChatRequest.tools of type api.Tools",
                "chat | 'tools':['f'] | cannot unmarshal string into Go struct field ChatRequest.tools of type api.Tool",
                "chat | 'top_logprobs':1.5 | cannot unmarshal number 1.5 into Go struct field ChatRequest.top_logprobs of type int",
                "chat | 'top_logprobs':99999999999999999999 | cannot unmarshal number 99999999999999999999 into Go struct field "
                        + "ChatRequest.top_logprobs of type int",
                "generate | 'prompt':1.5 | cannot unmarshal number into Go struct field GenerateRequest.prompt of type string",
                "copy | 'source':7 | cannot unmarshal number into Go struct field CopyRequest.source of type string",
                "pull | 'name':true | cannot unmarshal bool into Go struct field PullRequest.name of type string",
                "embed | 'truncate':'no' | cannot unmarshal string into Go struct field EmbedRequest.truncate of type bool",
                "pull | 'stream':1 | cannot unmarshal number into Go struct field PullRequest.stream of type bool",
                "create | 'files':['a'] | cannot unmarshal array into Go struct field CreateRequest.files of type "
                        + "map[string]string",
                "chat | 'think':'loud' | invalid think value: \"loud\" (must be \"high\", \"medium\", \"low\", true, or false)",
                "chat | 'think':1 | think must be a boolean or string (\"high\", \"medium\", \"low\", true, or false)",
                "generate | 'images':'aGk=' | cannot unmarshal string into Go struct field GenerateRequest.images of type "
                        + "[]api.ImageData",
                "generate | 'images':['data:image/png;base64,aGk='] | illegal base64 data at input byte 4",
                "generate | 'images':['https://example.com/a.png'] | illegal base64 data at input byte 5",
                "generate | 'images':['aGk'] | illegal base64 data at input byte 0",
                "generate | 'images':['a=k='] | illegal base64 data at input byte 1",
                "generate | 'images':['aG_-'] | illegal base64 data at input byte 2",
                "chat | 'messages':[{'role':'user','content':'x','images':['aGkhaGk']}] | illegal base64 data at input byte 4",
            })
    void h12WrongRequestsAreRefusedAsTheServerDoes(String endpoint, String fields, String error) throws Exception {
        HttpResponse<String> response =
                server.post("/api/" + endpoint, "{\"model\":\"qwen3\"," + fields.replace('\'', '"') + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asString().replaceFirst("^json: ", ""))
                .isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format':{'type':12} | invalid JSON schema in format",
                "'format':{'type':'text'} | invalid JSON schema in format",
                "'format':{'properties':{'a':{'type':'Integer'}}} | invalid JSON schema in format",
                "'format':{'properties':[]} | invalid JSON schema in format",
                "'format':{'enum':[]} | invalid JSON schema in format",
                "'format':{'$ref':'#/$defs/None'} | invalid JSON schema in format",
                "'format':{'pattern':'('} | invalid JSON schema in format",
                "'options':{'top_k':'5'} | option \"top_k\" must be of type integer",
                "'options':{'stop':[1]} | option \"stop\" must be of type array of strings",
                "'options':{'temperature':true} | option \"temperature\" must be of type float32",
            })
    void h12WrongSchemasAndOptionsAre500(String fields, String error) throws Exception {
        HttpResponse<String> response = server.post(
                "/api/generate", "{\"model\":\"qwen3\",\"prompt\":\"x\"," + fields.replace('\'', '"') + "}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).path("error").asString()).isEqualTo(error);
    }

    /** The server does not look at roles, and takes what is null for absent. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'messages':[{'content':'x'}]",
                "'messages':[{'role':'narrator','content':'x'}]",
                "'messages':[{'role':'user','content':null}]",
                "'messages':[{'role':'user','content':'x','name':7}]",
                "'messages':null,'stream':null,'options':null,'think':null,'tools':null",
                "'messages':[{'role':'user','content':'x','images':['aGk=','aG\\nkh','']}]",
                "'messages':[{'role':'user','content':'x'}],'think':'max','options':{'unknown':[]}",
            })
    void h12WhatTheServerAcceptsIsAccepted(String fields) throws Exception {
        assertThat(server.post("/api/chat", "{\"model\":\"qwen3\"," + fields.replace('\'', '"') + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void h12ADeletionIsRefusedLikeOthers() throws Exception {
        HttpResponse<String> response = server.send("DELETE", "/api/delete", "{\"name\":[]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asString())
                .isEqualTo("json: cannot unmarshal array into Go struct field DeleteRequest.name of type string");
    }

    @Test
    void aSlashAtTheEndIsRedirected() throws Exception {
        HttpResponse<String> post = server.post("/api/chat/", "{}");
        assertThat(post.statusCode()).isEqualTo(307);
        assertThat(post.headers().firstValue("Location")).contains("/api/chat");
        assertThat(server.send("GET", "/api/tags/", "").statusCode()).isEqualTo(301);
    }
}
