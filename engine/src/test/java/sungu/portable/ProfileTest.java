package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.Sungu;
import sungu.compile.Plan;
import sungu.graph.GraphText;

class ProfileTest {
    private static final Plan PLAN =
            Plan.of(
                    GraphText.parse(
                            """
                            graph(%0: f32[8,16], %1: f32[16,4]) {
                              %2: f32[8,4] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
                              %3: i32[8,4] = argsort(%2) {axis=1, descending=false, count=4}
                              return %3
                            }\
                            """));

    @Test
    void showsTheStepThatTakesMostTimeFirst() {
        var profile = Profile.of(PLAN, "f");
        profile.add(0, 1_000);
        profile.add(0, 1_000);
        profile.add(1, 6_000);
        profile.add(1, 2_000);
        assertEquals(
                """
                program f of [f32[8,16], f32[16,4]]: 2 runs, 0.010 ms, 5.0 us each
                        ms      %    us/call   GFLOP/s     GB/s  step
                     0.008   80.0       4.00      0.00     0.06  1: argsort {axis=1, descending=false, count=4}
                     0.002   20.0       1.00      1.02     0.90  0: dot_general {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
                """,
                profile.text().replace("\r\n", "\n"));
    }

    @Test
    void saysHowToTurnItOn() {
        assertEquals("no profile: start the process with -Dsungu.profile\n", Sungu.profile());
    }
}
