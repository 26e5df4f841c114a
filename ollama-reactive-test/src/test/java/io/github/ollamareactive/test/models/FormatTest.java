// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers fit the JSON schema in {@code format}, as a validator of others sees it. */
class FormatTest {

    private static final SchemaRegistry VALIDATOR =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string'}",
                "{'type':'integer'}",
                "{'type':'boolean'}",
                "{'type':'null'}",
                "{'type':['null','integer'],'minimum':3}",
                "{'const':{'a':[1,2]}}",
                "{'enum':[3,'b',null]}",
                "{'type':'string','enum':[3,'b']}",
                "{'type':'integer','minimum':7}",
                "{'type':'integer','minimum':1.5}",
                "{'type':'integer','exclusiveMinimum':0}",
                "{'type':'integer','maximum':-4}",
                "{'type':'integer','exclusiveMaximum':0}",
                "{'type':'integer','maximum':10,'multipleOf':20}",
                "{'type':'integer','multipleOf':0.5,'minimum':1}",
                "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}",
                "{'type':'number','minimum':0.5,'multipleOf':0.01}",
                "{'type':'number','minimum':2,'maximum':2}",
                "{'type':'number','minimum':1e30}",
                "{'minimum':5}",
                "{'type':'array','items':{'type':'integer'},'minItems':3}",
                "{'type':'array','items':{'type':'integer','maximum':5,'minimum':3},'minItems':3,'uniqueItems':true}",
                "{'type':'array','items':{'type':'string'},'minItems':2,'maxItems':4,'uniqueItems':true}",
                "{'type':'array','items':{'enum':['a','b','c']},'minItems':3,'uniqueItems':true}",
                "{'type':'array','items':{'type':'object','properties':{'n':{'type':'integer'}}},"
                        + "'minItems':2,'uniqueItems':true}",
                "{'type':'array','maxItems':0}",
                "{'type':'array','prefixItems':[{'type':'integer'},{'type':'string'}],'items':false}",
                "{'type':'array','minItems':2}",
                "{'type':'string','minLength':100}",
                "{'type':'string','maxLength':3}",
                "{'type':'string','pattern':'^[A-Z]{3}-[0-9]{4}$'}",
                "{'type':'string','pattern':'^(cat|dog)s?$'}",
                "{'type':'string','pattern':'^\\\\d{5}(-\\\\d{4})?$'}",
                "{'type':'string','pattern':'^[^a-z]+x*$','minLength':5}",
                "{'type':'string','pattern':'^(?:\\\\+49)? ?[1-9]\\\\d+$'}",
                "{'type':'string','format':'date-time'}",
                "{'type':'string','format':'uuid'}",
                "{'type':'string','format':'email'}",
                "{'type':'object','required':['a','b'],'properties':{'a':{'type':'integer'}}}",
                "{'type':'object','additionalProperties':{'type':'integer'},'minProperties':2}",
                "{'type':'object','additionalProperties':{'type':'integer'},'required':['x']}",
                "{'type':'object','properties':{},'additionalProperties':false}",
                "{'anyOf':[{'type':'null'},{'type':'integer','minimum':9}]}",
                "{'oneOf':[{'type':'string','maxLength':2},{'type':'integer'}]}",
                "{'allOf':[{'type':'integer','minimum':3},{'minimum':8},{'maximum':9}]}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'integer'}},'required':['a']},"
                        + "{'properties':{'b':{'const':2},'a':{'minimum':5}},'required':['b']}]}",
                // As Pydantic writes nested models.
                "{'$defs':{'Address':{'properties':{'city':{'title':'City','type':'string','minLength':1},"
                        + "'zip':{'pattern':'^[0-9]{5}$','type':'string'}},'required':['city','zip'],'type':'object'},"
                        + "'Level':{'enum':['low','high'],'type':'string'}},"
                        + "'properties':{'home':{'$ref':'#/$defs/Address'},"
                        + "'work':{'anyOf':[{'$ref':'#/$defs/Address'},{'type':'null'}],'default':null},"
                        + "'level':{'allOf':[{'$ref':'#/$defs/Level'}],'default':'low'},"
                        + "'past':{'items':{'$ref':'#/$defs/Address'},'minItems':2,'type':'array'},"
                        + "'age':{'exclusiveMinimum':0,'maximum':150,'type':'integer'}},"
                        + "'required':['home','past','age'],'type':'object'}",
                "{'$ref':'#/definitions/A','definitions':{'A':{'type':'object','properties':{'b':{'$ref':'#/definitions/B'}},"
                        + "'required':['b']},'B':{'type':'array','items':{'const':1},'minItems':2}}}",
                // Schemas of trees and lists refer to themselves.
                "{'$defs':{'Node':{'type':'object','properties':{'name':{'type':'string'},'children':{'type':'array',"
                        + "'items':{'$ref':'#/$defs/Node'}}},'required':['name','children']}},'$ref':'#/$defs/Node'}",
                "{'type':'object','properties':{'left':{'anyOf':[{'$ref':'#'},{'type':'null'}]},"
                        + "'right':{'anyOf':[{'$ref':'#'},{'type':'null'}]}},'required':['left','right']}",
                "{'type':'object','properties':{'next':{'$ref':'#'},'value':{'type':'integer'}},'required':['value']}",
            })
    void h13TheAnswerFitsTheSchema(String quoted) throws Exception {
        String schema = quoted.replace('\'', '"');
        String answer = json(server.post(
                        "/api/chat",
                        "{\"model\":\"llama3.2\",\"stream\":false,\"format\":" + schema
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Where is Paris?\"}]}"))
                .at("/message/content")
                .asString("none");
        assertThat(VALIDATOR.getSchema(schema, InputFormat.JSON).validate(answer, InputFormat.JSON))
                .as("%s for %s", answer, schema)
                .isEmpty();
    }

    /** No document fits, but the request ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#'}",
                "{'type':'object','properties':{'a':{'$ref':'#'},'b':{'$ref':'#'}},'required':['a','b']}",
                "{'$defs':{'A':{'$ref':'#/$defs/B'},'B':{'$ref':'#/$defs/A'}},'$ref':'#/$defs/A'}",
            })
    void h13ASchemaThatRequiresItselfForEverEnds(String quoted) throws Exception {
        assertThat(server.post(
                                "/api/generate",
                                "{\"model\":\"llama3.2\",\"prompt\":\"x\",\"stream\":false,\"format\":"
                                        + quoted.replace('\'', '"') + "}")
                        .statusCode())
                .isEqualTo(200);
    }
}
