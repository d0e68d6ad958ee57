package io.github.ttmemorycheck.internal.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.runreport.BuildProcess.Ancestor;
import io.github.ttmemorycheck.internal.runreport.BuildProcess.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProcessTests {

    private static final Ancestor SHELL = new Ancestor(4, 40, List.of("/bin/sh", "-c", "java -jar surefire.jar"));
    private static final Ancestor MAVEN = new Ancestor(
            3, 30, List.of("java", "-cp", "x.jar", "org.codehaus.plexus.classworlds.launcher.Launcher", "test"));
    private static final Ancestor GRADLE =
            new Ancestor(3, 30, List.of("java", "org.gradle.launcher.daemon.bootstrap.GradleDaemon", "9.0"));
    private static final Ancestor IDE = new Ancestor(2, 20, List.of("java", "com.intellij.idea.Main"));

    private static BuildProcess of(Ancestor... ancestors) {
        return BuildProcess.of(5, 50, List.of(ancestors));
    }

    @Test
    void forks_of_maven_belong_to_it_whatever_started_it() {
        assertThat(of(SHELL, MAVEN, IDE)).isEqualTo(new BuildProcess(Kind.TOOL, 3, 30));
        assertThat(of(SHELL, MAVEN, IDE).key()).isEqualTo("b3-30");
    }

    @Test
    void a_maven_in_a_maven_is_a_build_of_its_own() {
        assertThat(of(MAVEN, new Ancestor(1, 10, MAVEN.arguments())).pid()).isEqualTo(3);
    }

    @Test
    void forks_of_a_daemon_belong_to_one_of_its_builds() {
        assertThat(of(GRADLE)).isEqualTo(new BuildProcess(Kind.DAEMON, 3, 30));
    }

    @Test
    void a_jvm_that_an_ide_started_is_a_build_of_its_own() {
        assertThat(of(IDE)).isEqualTo(new BuildProcess(Kind.ITSELF, 5, 50));
    }

    @Test
    void a_process_is_alive_by_its_number_and_its_start() {
        ProcessHandle own = ProcessHandle.current();
        long start = BuildProcess.startMillis(own);
        assertThat(BuildProcess.isAlive(BuildProcess.key(own.pid(), start))).isTrue();
        assertThat(BuildProcess.isAlive(BuildProcess.key(own.pid(), start) + "-7.json"))
                .isTrue();
        assertThat(BuildProcess.isAlive(BuildProcess.key(own.pid(), start + 1))).isFalse();
        assertThat(BuildProcess.isAlive("README")).isFalse();
    }
}
