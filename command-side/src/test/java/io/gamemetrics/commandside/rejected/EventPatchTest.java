package io.gamemetrics.commandside.rejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gamemetrics.infrastructure.web.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6902 as an operator may rely on it; the cases are those of its appendix A. JSON has single quotes here. */
class EventPatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'foo':'bar'}                   | {'op':'add','path':'/baz','value':'qux'}                | {'foo':'bar','baz':'qux'}
            {'foo':['bar','baz']}           | {'op':'add','path':'/foo/1','value':'qux'}              | {'foo':['bar','qux','baz']}
            {'baz':'qux','foo':'bar'}       | {'op':'remove','path':'/baz'}                           | {'foo':'bar'}
            {'foo':['bar','qux','baz']}     | {'op':'remove','path':'/foo/1'}                         | {'foo':['bar','baz']}
            {'baz':'qux','foo':'bar'}       | {'op':'replace','path':'/baz','value':'boo'}            | {'baz':'boo','foo':'bar'}
            {'foo':{'bar':'baz','w':1},'q':{}} | {'op':'move','from':'/foo/w','path':'/q/t'}          | {'foo':{'bar':'baz'},'q':{'t':1}}
            {'foo':['all','grass','eat']}   | {'op':'move','from':'/foo/1','path':'/foo/2'}           | {'foo':['all','eat','grass']}
            {'baz':'qux','foo':['a',2]}     | {'op':'test','path':'/foo/1','value':2}                 | {'baz':'qux','foo':['a',2]}
            {'foo':'bar'}                   | {'op':'add','path':'/child','value':{'g':{}}}           | {'foo':'bar','child':{'g':{}}}
            {'foo':'bar'}                   | {'op':'add','path':'/baz','value':'qux','xyz':123}      | {'foo':'bar','baz':'qux'}
            {'/':9,'~1':10}                 | {'op':'test','path':'/~01','value':10}                  | {'/':9,'~1':10}
            {'foo':['bar']}                 | {'op':'add','path':'/foo/-','value':['abc']}            | {'foo':['bar',['abc']]}
            {'a':1}                         | {'op':'copy','from':'/a','path':'/b'}                   | {'a':1,'b':1}
            {'a':1}                         | {'op':'add','path':'/a','value':null}                   | {'a':null}
            {'a':1}                         | {'op':'replace','path':'','value':{'b':2}}              | {'b':2}
            """)
    void whatTheStandardDescribesIsDone(String event, String operation, String patched) {
        assertThat(apply(event, operation)).isEqualTo(patched);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'baz':'qux'}         | {'op':'test','path':'/baz','value':'bar'}
            {'foo':'bar'}         | {'op':'add','path':'/baz/bat','value':'qux'}
            {'/':9,'~1':10}       | {'op':'test','path':'/~01','value':'10'}
            {'foo':'bar'}         | {'op':'remove','path':'/baz'}
            {'foo':'bar'}         | {'op':'replace','path':'/baz','value':1}
            {'foo':['bar']}       | {'op':'add','path':'/foo/7','value':1}
            {'foo':'bar'}         | {'op':'move','from':'/baz','path':'/foo'}
            {'foo':'bar'}         | {'op':'copy','from':'/baz','path':'/foo'}
            {'foo':1,'foo':2}     | {'op':'replace','path':'/foo','value':3}
            """)
    void whatDoesNotFitIsLeftAlone(String event, String operation) {
        assertThat(apply(event, operation)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add'}",
                "[]",
                "7",
                "null",
                "{'op':'rename','path':'/a'}",
                "{'op':'move','path':'/a'}",
                "{'op':'replace','path':'/a'}",
                "{'path':'/a','value':1}"
            })
    void whatIsNoOperationIsRefusedAtOnce(String operation) {
        assertThatThrownBy(() -> patch("[" + operation + "]"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo(RejectedProblem.PATCH_INVALID));
    }

    @Test
    void aPatchIsAListOfAtMostFiftyOperations() {
        String operation = "{'op':'test','path':'','value':1}";
        assertThat(patch("[" + operation + ("," + operation).repeat(49) + "]").apply("1"))
                .contains("1");
        assertThatThrownBy(() -> patch("[" + operation + ("," + operation).repeat(50) + "]"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> patch(operation)).isInstanceOf(Refusal.class);
    }

    @Test
    void withoutAPatchAnEventStaysAsItWasSentToTheByte() {
        String sent = "{ \"a\":1.50, \"a\":2 }";
        assertThat(EventPatch.of(null).apply(sent)).contains(sent);
        assertThat(patch("[]").apply(sent)).contains(sent);
    }

    @Test
    void numbersKeepEveryDigit() {
        assertThat(apply(
                        "{'a':12345678901234567890.123456789012345678901,'b':9007199254740993,'c':1.50}",
                        "{'op':'add','path':'/d','value':0.10000000000000000000000001}"))
                .isEqualTo("{'a':12345678901234567890.123456789012345678901,'b':9007199254740993,'c':1.50,"
                        + "'d':0.10000000000000000000000001}");
    }

    @Test
    void copiesOfCopiesDoNotFillTheMemory() {
        String doubling = "{'op':'copy','from':'','path':'/a'},{'op':'copy','from':'','path':'/b'}";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(patch("[" + doubling + ("," + doubling).repeat(24) + "]")
                                .apply("{\"text\":\"" + "x".repeat(1_000) + "\"}"))
                        .isEmpty());
    }

    private static @Nullable String apply(String event, String operation) {
        return patch("[" + operation + "]")
                .apply(event.strip().replace('\'', '"'))
                .map(text -> text.replace('"', '\''))
                .orElse(null);
    }

    private static EventPatch patch(String json) {
        try {
            return EventPatch.of(EventPatch.JSON.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
