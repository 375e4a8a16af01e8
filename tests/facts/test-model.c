/* test-model.c: what a processor's name tells, and above all what it does not tell. */
#include "config.h"

#include "facts/model.h"

typedef struct
{
  const char *name;
  FerryAnswer vt_d, gpu;
} Case;

#define U FERRY_ANSWER_UNKNOWN
#define N FERRY_ANSWER_NO
#define Y FERRY_ANSWER_YES

static const Case intel[] = {
  { "Intel(R) Core(TM) i7-4770K CPU @ 3.50GHz", N, Y },
  { "Intel(R) Core(TM) i7-4770 CPU @ 3.40GHz", U, Y },
  { "Intel(R) Core(TM) i7-4790K CPU @ 4.00GHz", U, Y },
  { "Intel(R) Core(TM) i5-4670K CPU @ 3.40GHz", N, Y },
  { "Intel(R) Core(TM) i7-3770K CPU @ 3.50GHz", N, Y },
  { "Intel(R) Core(TM) i7-2600K CPU @ 3.40GHz", N, Y },
  { "Intel(R) Core(TM) i5-2500K CPU @ 3.30GHz", N, Y },
  { "Intel(R) Core(TM) i5-2500 CPU @ 3.30GHz", U, Y },
  { "Intel(R) Core(TM) i5-2550K CPU @ 3.40GHz", U, N },
  { "Intel(R) Core(TM) i3-4130 CPU @ 3.40GHz", N, Y },
  { "Intel(R) Core(TM) i3-4130T CPU @ 2.90GHz", U, Y },
  { "Intel(R) Core(TM) i3-6100 CPU @ 3.70GHz", U, Y },
  { "Intel(R) Pentium(R) CPU G3258 @ 3.20GHz", N, Y },
  { "Intel(R) Pentium(R) CPU G4560 @ 3.50GHz", U, Y },
  { "Intel(R) Pentium(R) Gold G6400 CPU @ 4.00GHz", U, Y },
  { "Intel(R) Celeron(R) CPU G1820 @ 2.70GHz", N, Y },
  { "Intel(R) Celeron(R) CPU G3900 @ 2.80GHz", U, Y },
  { "Intel(R) Core(TM) i7 CPU         920  @ 2.67GHz", U, U },
  { "Intel(R) Core(TM) i7-3930K CPU @ 3.20GHz", U, N },
  { "Intel(R) Core(TM) i7-5820K CPU @ 3.30GHz", U, N },
  { "Intel(R) Core(TM) i7-5960X CPU @ 3.00GHz", U, N },
  { "Intel(R) Core(TM) i7-5775C CPU @ 3.30GHz", U, Y },
  { "Intel(R) Core(TM) i9-10980XE CPU @ 3.00GHz", U, N },
  { "Intel(R) Core(TM) i7-8086K CPU @ 4.00GHz", U, Y },
  { "Intel(R) Core(TM) i3-8121U CPU @ 2.20GHz", U, U },
  { "Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", U, Y },
  { "Intel(R) Core(TM) i5-9400F CPU @ 2.90GHz", U, N },
  { "Intel(R) Core(TM) i9-9900KS CPU @ 4.00GHz", U, Y },
  { "Intel(R) Core(TM) i9-10850K CPU @ 3.60GHz", U, Y },
  { "Intel(R) Core(TM) i7-9750HF CPU @ 2.60GHz", U, N },
  { "Intel(R) Core(TM) i7-1065G7 CPU @ 1.30GHz", U, Y },
  { "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", U, Y },
  { "12th Gen Intel(R) Core(TM) i7-1260P", U, Y },
  { "12th Gen Intel(R) Core(TM) i9-12900K", U, Y },
  { "12th Gen Intel(R) Core(TM) i5-12400F", U, N },
  { "13th Gen Intel(R) Core(TM) i5-13600KF", U, N },
  { "13th Gen Intel(R) Core(TM) i7-13700H", U, Y },
  { "Intel(R) Core(TM) i9-14900HX", U, Y },
  { "Intel(R) Core(TM) i7-14700K", U, Y },
  { "Intel(R) Core(TM) Ultra 7 265K", U, Y },
  { "Intel(R) Core(TM) Ultra 7 265KF", U, N },
  { "Intel(R) Core(TM) Ultra 5 125H", U, Y },
  { "Intel Core i7-13700H", U, Y },
  { "Intel(R) Core(TM)2 Quad CPU    Q6600  @ 2.40GHz", U, U },
  { "Intel(R) Xeon(R) CPU E3-1230 v3 @ 3.30GHz", U, U },
  { "Intel(R) Xeon(R) CPU E5-2690 0 @ 2.90GHz", U, U },
};

static const Case amd[] = {
  { "AMD Ryzen 5 5600G with Radeon Graphics", U, Y },
  { "AMD Ryzen 7 7840HS w/ Radeon 780M Graphics", U, Y },
  { "AMD Ryzen 7 PRO 4750U with Radeon Graphics", U, Y },
  { "AMD A10-7850K APU with Radeon(TM) R7 Graphics", U, Y },
  { "AMD Ryzen 9 7950X 16-Core Processor", U, Y },
  { "AMD Ryzen 7 7800X3D 8-Core Processor", U, Y },
  { "AMD Ryzen 5 9600X 6-Core Processor", U, Y },
  { "AMD Ryzen 9 PRO 7945 12-Core Processor", U, Y },
  { "AMD Ryzen 5 7500F 6-Core Processor", U, N },
  { "AMD Ryzen 7 8700F 8-Core Processor", U, N },
  { "AMD Ryzen 5 3600 6-Core Processor", U, N },
  { "AMD Ryzen 7 5800X3D 8-Core Processor", U, N },
  { "AMD Ryzen 7 1700 Eight-Core Processor", U, N },
  { "AMD Ryzen 5 4500 6-Core Processor", U, U },
  { "AMD Ryzen Threadripper 1950X 16-Core Processor", U, N },
  { "AMD Ryzen Threadripper PRO 7995WX 96-Cores", U, N },
  { "AMD FX(tm)-8350 Eight-Core Processor", U, N },
  { "AMD FX-7600P Radeon R7, 12 Compute Cores 4C+8G", U, Y },
  { "AMD Phenom(tm) II X4 955 Processor", U, U },
  { "AMD EPYC 7742 64-Core Processor", U, U },
  { "AMD EPYC 4564P 16-Core Processor", U, U },
};

static const Case odd[] = {
  { NULL, U, U },
  { "", U, U },
  { "POWER9, altivec supported", U, U },
  { "i7-4770K", U, U },
  { "Intel(R) Core(TM) i7-47700000K", U, U },
  { "Intel(R) Core(TM) i7-4770KX", U, U },
  { "Intel(R) Core(TM) i7-0000", U, U },
  { "Intel(R) Core(TM) i7-15900K", U, U },
  { "Genuine Intel(R) CPU 0000 @ 2.40GHz", U, U },
  { "AMD Eng Sample: 100-000000665-21_N", U, U },
  { "QEMU Virtual CPU version 2.5+", U, U },
  { "Intel(R) \xff\xfe", U, U },
};

static void
check (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *shown = g_strescape (cases[i].name != NULL ? cases[i].name : "", NULL);

      g_test_message ("%s", shown);
      g_assert_cmpint (ferry_model_vt_d (cases[i].name), ==, cases[i].vt_d);
      g_assert_cmpint (ferry_model_integrated_gpu (cases[i].name), ==, cases[i].gpu);
    }
}

static void
test_intel (void)
{
  check (intel, G_N_ELEMENTS (intel));
}

static void
test_amd (void)
{
  check (amd, G_N_ELEMENTS (amd));
}

static void
test_odd (void)
{
  g_autofree char *endless = g_strnfill (1024 * 1024, 'A');

  check (odd, G_N_ELEMENTS (odd));
  g_assert_cmpint (ferry_model_vt_d (endless), ==, U);
  g_assert_cmpint (ferry_model_integrated_gpu (endless), ==, U);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/intel", test_intel);
  g_test_add_func ("/model/amd", test_amd);
  g_test_add_func ("/model/odd", test_odd);
  return g_test_run ();
}
