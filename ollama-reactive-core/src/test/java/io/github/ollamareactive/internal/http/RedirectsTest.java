// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is the same place, and so may have the same credentials. */
final class RedirectsTest {
    @ParameterizedTest
    @CsvSource({
        "http://a:80/x, http://a/y, true",
        "https://a:443, https://A/y?z=http://b:1, true",
        "http://my_host:1234/base, http://my_host:1234/, true",
        "http://[::1]:1234, http://[::1]:1234/x, true",
        "http://[::1]:80, http://[::1]/x, true",
        "http://a:80, https://a/x, false",
        "http://a:80, http://a:81/x, false",
        "http://a:80, http://a.b/x, false",
        "http://a:80, http://b/http://a:80, false"
    })
    void isTheSameOrigin(String home, String target, boolean same) {
        assertThat(Redirects.origin(home).equals(Redirects.origin(target))).isEqualTo(same);
    }
}
