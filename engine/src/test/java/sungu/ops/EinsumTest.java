package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class EinsumTest {
    private final Random random = new Random(11);

    /**
     * The definition: for each assignment of indices to letters, the product of the operands'
     * elements is added to the output.
     */
    private static double[] byDefinition(String equation, Tensor... operands) {
        var sides = equation.split("->", -1);
        var inputs = sides[0].split(",", -1);
        var letters = new ArrayList<Character>();
        var sizes = new ArrayList<Integer>();
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < inputs[i].length(); j++) {
                if (!letters.contains(inputs[i].charAt(j))) {
                    letters.add(inputs[i].charAt(j));
                    sizes.add(operands[i].shape().dim(j));
                }
            }
        }
        var outDims = sides[1].chars().map(c -> sizes.get(letters.indexOf((char) c))).toArray();
        var out = new double[Shape.of(outDims).size()];
        var index = new int[letters.size()];
        while (true) {
            double product = 1;
            for (int i = 0; i < inputs.length; i++) {
                product *=
                        operands[i]
                                .host()
                                .number(
                                        flat(
                                                inputs[i],
                                                operands[i].shape().dims(),
                                                letters,
                                                index));
            }
            out[flat(sides[1], outDims, letters, index)] += product;
            int i = index.length - 1;
            while (i >= 0 && ++index[i] == sizes.get(i)) {
                index[i--] = 0;
            }
            if (i < 0) {
                return out;
            }
        }
    }

    private static int flat(String part, int[] dims, List<Character> letters, int[] index) {
        int at = 0;
        for (int i = 0; i < part.length(); i++) {
            at = at * dims[i] + index[letters.indexOf(part.charAt(i))];
        }
        return at;
    }

    private Tensor[] operands(String equation) {
        var parts = equation.split("->", -1)[0].split(",", -1);
        var operands = new Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            // Letters have sizes 2, 3 or 4.
            operands[i] =
                    GradientCheck.random(random, parts[i].chars().map(c -> 2 + c % 3).toArray());
        }
        return operands;
    }

    @Test
    void equalsItsDefinition() {
        for (var equation :
                new String[] {
                    "ij,jk->ik",
                    "ij->ji",
                    "ii->i",
                    "ii->",
                    "i->ii",
                    "ij,ij->",
                    "i,j->ij",
                    "bij,bjk->bik",
                    "abc,cd,de->abe",
                    "ab,bc,cd,da->",
                    "aab,b->a",
                    "abab->ba",
                    "ijk,lkj->il",
                    ",ij->ji",
                    "ab,ab->ab",
                    "abcd,aecd->aceb",
                    "iji,j->i",
                    "a,ab,abc->abc",
                    "ab->b",
                    "ab,cd->",
                    "iij->jii",
                    "i->iii"
                }) {
            var operands = operands(equation);
            var result = Einsum.einsum(equation, operands);
            assertArrayEquals(
                    byDefinition(equation, operands), result.toDoubles(), 1e-10, equation);
        }
    }

    @Test
    void implicitOutputIsAlphabetical() {
        var operands = operands("ba");
        assertArrayEquals(
                operands[0].transpose().toDoubles(), Einsum.einsum("ba", operands).toDoubles());
        assertEquals(0, Einsum.einsum("ii", GradientCheck.random(random, 3, 3)).rank());
    }

    @Test
    void ellipsisBroadcasts() {
        var x = GradientCheck.random(random, 5, 1, 2, 3);
        var y = GradientCheck.random(random, 4, 3, 2);
        var product = Einsum.einsum("...ij, ...jk -> ...ik", x, y);
        assertEquals(Shape.of(5, 4, 2, 2), product.shape());
        assertArrayEquals(x.matmul(y).toDoubles(), product.toDoubles(), 1e-12);
        assertArrayEquals(
                x.transpose(1, 2, 3, 0).toDoubles(), Einsum.einsum("a...->...a", x).toDoubles());
    }

    @Test
    void intsAndComplexNumbers() {
        var x = Tensor.of(new int[][] {{1, 2}, {3, 4}});
        assertArrayEquals(new int[] {7, 10, 15, 22}, Einsum.einsum("ij,jk->ik", x, x).toInts());
        var i = Elements.complex(Tensor.of(new double[] {0, 1}), Tensor.of(new double[] {1, 1}));
        var sum = Einsum.einsum("i,i->", i, i);
        assertEquals(-1, sum.doubleValue());
        assertEquals(2, Elements.imag(sum).doubleValue());
    }

    @Test
    void gradients() {
        for (var equation : new String[] {"aab,b->a", "ij,jk,kl->li", "i->ii", "ab,cd->"}) {
            GradientCheck.check(in -> Einsum.einsum(equation, in), operands(equation));
        }
        GradientCheck.check(
                in -> Einsum.einsum("...i,...i->...", in),
                GradientCheck.random(random, 2, 1, 3),
                GradientCheck.random(random, 2, 3));
    }

    @Test
    void errors() {
        var x = Tensor.zeros(Shape.of(2, 3), DType.FLOAT32);
        assertMessage(
                "einsum 'ij,jk->ik': dimension 'j' is 3 in one place and 2 in f32[2,3]",
                "ij,jk->ik",
                x,
                x);
        assertMessage("einsum 'ij->ik': the output has 'k', which no operand has", "ij->ik", x);
        assertMessage(
                "einsum 'ijk->i': operand 0, 'ijk', does not fit the dimensions of f32[2,3]",
                "ijk->i",
                x);
        assertMessage("einsum 'ij,j->i': it has 2 operands, given are 1", "ij,j->i", x);
        assertMessage(
                "einsum 'i.j->i': operand 0, 'i.j', does not fit the dimensions of f32[2,3]",
                "i.j->i",
                x);
        assertMessage(
                "einsum '...j': with '...' the output must be written\n"
                        + "  hint: write '->...' and the letters that remain",
                "...j",
                x);
    }

    private static void assertMessage(String message, String equation, Tensor... operands) {
        assertEquals(
                message,
                assertThrows(TensorException.class, () -> Einsum.einsum(equation, operands))
                        .getMessage());
    }
}
