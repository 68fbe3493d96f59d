// Terms of NCI's CTCAE v5.0 (27 November 2017), written by scripts/ctcae-terms; not edited by hand.
// The script says how a line is read.

extension CTCAE {
  static let termTable = """
    # Blood and lymphatic system disorders
    12345 Anemia
    12345 Blood and lymphatic system disorders - Other, specify
    12345 Bone marrow hypocellular
    2345 Disseminated intravascular coagulation
    13 Eosinophilia
    345 Febrile neutropenia
    12345 Hemolysis
    345 Hemolytic uremic syndrome
    345 Leukocytosis
    123 Lymph node pain
    2345 Methemoglobinemia
    345 Thrombotic thrombocytopenic purpura
    # Cardiac disorders
    12345 Aortic valve disease
    145 Asystole
    12345 Atrial fibrillation
    12345 Atrial flutter
    2345 Atrioventricular block complete
    12 Atrioventricular block first degree
    45 Cardiac arrest
    12345 Cardiac disorders - Other, specify
    123 Chest pain - cardiac
    12345 Conduction disorder
    2 Cyanosis
    12345 Heart failure
    345 Left ventricular systolic dysfunction
    12345 Mitral valve disease
    12345 Mobitz (type) II atrioventricular block
    12345 Mobitz type I
    2345 Myocardial infarction
    2345 Myocarditis
    12 Palpitations
    12345 Paroxysmal atrial tachycardia
    2345 Pericardial effusion
    45 Pericardial tamponade
    12345 Pericarditis
    12345 Pulmonary valve disease
    12345 Restrictive cardiomyopathy
    12345 Right ventricular dysfunction
    12345 Sick sinus syndrome
    12345 Sinus bradycardia
    123 Sinus tachycardia
    12345 Supraventricular tachycardia
    12345 Tricuspid valve disease
    12345 Ventricular arrhythmia
    45 Ventricular fibrillation
    2345 Ventricular tachycardia
    # Congenital, familial and genetic disorders
    12345 Congenital, familial and genetic disorders - Other, specify
    # Ear and labyrinth disorders
    12345 Ear and labyrinth disorders - Other, specify
    123 Ear pain
    123 External ear pain
    1234 Hearing impaired
    12345 Middle ear inflammation
    123 Tinnitus
    123 Vertigo
    23 Vestibular disorder
    # Endocrine disorders
    12345 Adrenal insufficiency
    123 Cushingoid
    23 Delayed puberty
    12345 Endocrine disorders - Other, specify
    2 Growth accelerated
    12 Hyperparathyroidism
    12345 Hyperthyroidism
    12345 Hypoparathyroidism
    12345 Hypophysitis
    12345 Hypopituitarism
    12345 Hypothyroidism
    12 Precocious puberty
    12 Testosterone deficiency
    12 Virilization
    # Eye disorders
    1234 Blurred vision
    1234 Cataract
    34 Corneal ulcer
    123 Dry eye
    1234 Extraocular muscle paresis
    1234 Eye disorders - Other, specify
    123 Eye pain
    123 Eyelid function disorder
    123 Flashing lights
    123 Floaters
    1234 Glaucoma
    1234 Keratitis
    1234 Night blindness
    1234 Optic nerve disorder
    1234 Papilledema
    123 Periorbital edema
    123 Photophobia
    34 Retinal detachment
    12 Retinal tear
    23 Retinal vascular disorder
    1234 Retinopathy
    1234 Scleral disorder
    1234 Uveitis
    234 Vision decreased
    1234 Vitreous hemorrhage
    1234 Watering eyes
    # Gastrointestinal disorders
    123 Abdominal distension
    123 Abdominal pain
    123 Anal fissure
    12345 Anal fistula
    12345 Anal hemorrhage
    123 Anal mucositis
    345 Anal necrosis
    123 Anal pain
    12345 Anal stenosis
    12345 Anal ulcer
    12345 Ascites
    12 Belching
    12 Bloating
    12345 Cecal hemorrhage
    123 Cheilitis
    12345 Chylous ascites
    12345 Colitis
    12345 Colonic fistula
    12345 Colonic hemorrhage
    12345 Colonic obstruction
    2345 Colonic perforation
    12345 Colonic stenosis
    12345 Colonic ulcer
    12345 Constipation
    123 Dental caries
    12345 Diarrhea
    123 Dry mouth
    12345 Duodenal fistula
    12345 Duodenal hemorrhage
    12345 Duodenal obstruction
    2345 Duodenal perforation
    12345 Duodenal stenosis
    12345 Duodenal ulcer
    123 Dyspepsia
    12345 Dysphagia
    12345 Enterocolitis
    12345 Enterovesical fistula
    12345 Esophageal fistula
    12345 Esophageal hemorrhage
    345 Esophageal necrosis
    12345 Esophageal obstruction
    123 Esophageal pain
    2345 Esophageal perforation
    12345 Esophageal stenosis
    12345 Esophageal ulcer
    2345 Esophageal varices hemorrhage
    12345 Esophagitis
    123 Fecal incontinence
    12 Flatulence
    12345 Gastric fistula
    12345 Gastric hemorrhage
    345 Gastric necrosis
    2345 Gastric perforation
    12345 Gastric stenosis
    12345 Gastric ulcer
    12345 Gastritis
    123 Gastroesophageal reflux disease
    12345 Gastrointestinal disorders - Other, specify
    12345 Gastrointestinal fistula
    123 Gastrointestinal pain
    1234 Gastroparesis
    123 Gingival pain
    12345 Hemorrhoidal hemorrhage
    123 Hemorrhoids
    12345 Ileal fistula
    12345 Ileal hemorrhage
    12345 Ileal obstruction
    2345 Ileal perforation
    12345 Ileal stenosis
    12345 Ileal ulcer
    12345 Ileus
    2345 Intra-abdominal hemorrhage
    12345 Jejunal fistula
    12345 Jejunal hemorrhage
    12345 Jejunal obstruction
    2345 Jejunal perforation
    12345 Jejunal stenosis
    12345 Jejunal ulcer
    123 Lip pain
    12345 Lower gastrointestinal hemorrhage
    2345 Malabsorption
    12345 Mucositis oral
    123 Nausea
    12345 Obstruction gastric
    12345 Oral cavity fistula
    123 Oral dysesthesia
    12345 Oral hemorrhage
    123 Oral pain
    12345 Pancreatic duct stenosis
    12345 Pancreatic fistula
    12345 Pancreatic hemorrhage
    345 Pancreatic necrosis
    2345 Pancreatitis
    123 Periodontal disease
    345 Peritoneal necrosis
    12345 Proctitis
    123 Rectal fissure
    12345 Rectal fistula
    12345 Rectal hemorrhage
    12345 Rectal mucositis
    345 Rectal necrosis
    12345 Rectal obstruction
    123 Rectal pain
    2345 Rectal perforation
    12345 Rectal stenosis
    12345 Rectal ulcer
    2345 Retroperitoneal hemorrhage
    12345 Salivary duct inflammation
    12345 Salivary gland fistula
    12345 Small intestinal mucositis
    12345 Small intestinal obstruction
    2345 Small intestinal perforation
    12345 Small intestinal stenosis
    12345 Small intestine ulcer
    123 Stomach pain
    123 Tooth development disorder
    1 Tooth discoloration
    123 Toothache
    345 Typhlitis
    12345 Upper gastrointestinal hemorrhage
    2345 Visceral arterial ischemia
    12345 Vomiting
    # General disorders and administration site conditions
    123 Chills
    5 Death NOS
    4 Death neonatal
    5 Disease progression
    123 Edema face
    123 Edema limbs
    123 Edema trunk
    123 Facial pain
    123 Fatigue
    12345 Fever
    123 Flu like symptoms
    123 Gait disturbance
    12345 General disorders and administration site conditions - Other, specify
    1234 Generalized edema
    2345 Hypothermia
    12345 Infusion site extravasation
    12345 Injection site reaction
    123 Localized edema
    123 Malaise
    345 Multi-organ failure
    1234 Neck edema
    123 Non-cardiac chest pain
    123 Pain
    5 Sudden death NOS
    12 Vaccination site lymphadenopathy
    # Hepatobiliary disorders
    12345 Bile duct stenosis
    2345 Biliary fistula
    2345 Budd-Chiari syndrome
    2345 Cholecystitis
    12345 Gallbladder fistula
    45 Gallbladder necrosis
    12345 Gallbladder obstruction
    123 Gallbladder pain
    45 Gallbladder perforation
    345 Hepatic failure
    12345 Hepatic hemorrhage
    45 Hepatic necrosis
    123 Hepatic pain
    12345 Hepatobiliary disorders - Other, specify
    345 Perforation bile duct
    2345 Portal hypertension
    2345 Portal vein thrombosis
    2345 Sinusoidal obstruction syndrome
    # Immune system disorders
    12345 Allergic reaction
    345 Anaphylaxis
    12345 Autoimmune disorder
    12345 Cytokine release syndrome
    12345 Immune system disorders - Other, specify
    12345 Serum sickness
    # Infections and infestations
    2345 Abdominal infection
    12345 Anorectal infection
    345 Appendicitis
    345 Appendicitis perforated
    345 Arteritis infective
    2 Bacteremia
    2345 Biliary tract infection
    2345 Bladder infection
    2345 Bone infection
    2345 Breast infection
    2345 Bronchial infection
    2345 Catheter related infection
    2345 Cecal infection
    2345 Cervicitis infection
    1234 Conjunctivitis
    234 Conjunctivitis infective
    2345 Corneal infection
    345 Cranial nerve infection
    12345 Cytomegalovirus infection reactivation
    2345 Device related infection
    2345 Duodenal infection
    345 Encephalitis infection
    345 Encephalomyelitis infection
    345 Endocarditis infective
    234 Endophthalmitis
    2345 Enterocolitis infectious
    12345 Epstein-Barr virus infection reactivation
    2345 Esophageal infection
    2345 Eye infection
    123 Folliculitis
    23 Fungemia
    2345 Gallbladder infection
    12345 Gum infection
    2345 Hepatic infection
    12345 Hepatitis B reactivation
    12345 Hepatitis viral
    12345 Herpes simplex reactivation
    12345 Infections and infestations - Other, specify
    2345 Infective myositis
    2345 Joint infection
    2345 Kidney infection
    2345 Laryngitis
    123 Lip infection
    2345 Lung infection
    2345 Lymph gland infection
    345 Mediastinal infection
    345 Meningitis
    12345 Mucosal infection
    12345 Myelitis
    123 Nail infection
    12345 Otitis externa
    2345 Otitis media
    2345 Ovarian infection
    345 Pancreas infection
    12345 Papulopustular rash
    123 Paronychia
    2345 Pelvic infection
    12345 Penile infection
    2345 Periorbital infection
    2345 Peripheral nerve infection
    345 Peritoneal infection
    2345 Pharyngitis
    12345 Phlebitis infective
    2345 Pleural infection
    2345 Prostate infection
    23 Rash pustular
    2 Rhinitis infective
    2345 Salivary gland infection
    12345 Scrotal infection
    345 Sepsis
    12345 Shingles
    2345 Sinusitis
    12345 Skin infection
    2345 Small intestine infection
    2345 Soft tissue infection
    345 Splenic infection
    12345 Stoma site infection
    123 Thrush
    2345 Tooth infection
    2345 Tracheitis
    2345 Upper respiratory infection
    2345 Urethral infection
    2345 Urinary tract infection
    2345 Uterine infection
    12345 Vaginal infection
    23 Viremia
    12345 Vulval infection
    12345 Wound infection
    # Injury, poisoning and procedural complications
    123 Ankle fracture
    2345 Aortic injury
    12345 Arterial injury
    12345 Biliary anastomotic leak
    12345 Bladder anastomotic leak
    12 Bruising
    12345 Burn
    12345 Dermatitis radiation
    12345 Esophageal anastomotic leak
    123 Fall
    12345 Fallopian tube anastomotic leak
    2345 Fallopian tube perforation
    12345 Fracture
    12345 Gastric anastomotic leak
    12345 Gastrointestinal anastomotic leak
    2345 Gastrointestinal stoma necrosis
    234 Hip fracture
    12345 Infusion related reaction
    2345 Injury to carotid artery
    12345 Injury to inferior vena cava
    2345 Injury to jugular vein
    12345 Injury to superior vena cava
    12345 Injury, poisoning and procedural complications - Other, specify
    12345 Intestinal stoma leak
    2345 Intestinal stoma obstruction
    12345 Intestinal stoma site bleeding
    12345 Intraoperative arterial injury
    12345 Intraoperative breast injury
    345 Intraoperative cardiac injury
    12345 Intraoperative ear injury
    12345 Intraoperative endocrine injury
    12345 Intraoperative gastrointestinal injury
    12345 Intraoperative head and neck injury
    345 Intraoperative hemorrhage
    12345 Intraoperative hepatobiliary injury
    12345 Intraoperative musculoskeletal injury
    12345 Intraoperative neurological injury
    12345 Intraoperative ocular injury
    12345 Intraoperative renal injury
    12345 Intraoperative reproductive tract injury
    12345 Intraoperative respiratory injury
    2345 Intraoperative splenic injury
    12345 Intraoperative urinary injury
    12345 Intraoperative venous injury
    12345 Kidney anastomotic leak
    12345 Large intestinal anastomotic leak
    12345 Pancreatic anastomotic leak
    12345 Pharyngeal anastomotic leak
    12345 Postoperative hemorrhage
    2345 Postoperative thoracic procedure complication
    12345 Prolapse of intestinal stoma
    12345 Prolapse of urostomy
    12345 Radiation recall reaction (dermatologic)
    12345 Rectal anastomotic leak
    123 Seroma
    12345 Small intestinal anastomotic leak
    12345 Spermatic cord anastomotic leak
    12345 Spinal fracture
    2345 Stenosis of gastrointestinal stoma
    123 Stomal ulcer
    12345 Tracheal hemorrhage
    12345 Tracheal obstruction
    12345 Tracheostomy site bleeding
    12345 Ureteric anastomotic leak
    12345 Urethral anastomotic leak
    12345 Urostomy leak
    12345 Urostomy obstruction
    12345 Urostomy site bleeding
    2345 Urostomy stenosis
    12345 Uterine anastomotic leak
    2345 Uterine perforation
    1234 Vaccination complication
    12345 Vaginal anastomotic leak
    12345 Vas deferens anastomotic leak
    12345 Vascular access complication
    12345 Venous injury
    12345 Wound complication
    12345 Wound dehiscence
    123 Wrist fracture
    # Investigations
    123 Activated partial thromboplastin time prolonged
    1234 Alanine aminotransferase increased
    1234 Alkaline phosphatase increased
    1234 Aspartate aminotransferase increased
    123 Blood antidiuretic hormone abnormal
    1 Blood bicarbonate decreased
    1234 Blood bilirubin increased
    123 Blood corticotrophin decreased
    123 Blood gonadotrophin abnormal
    1 Blood lactate dehydrogenase increased
    12 Blood prolactin abnormal
    1234 CD4 lymphocytes decreased
    1234 CPK increased
    123 Carbon monoxide diffusing capacity decreased
    13 Cardiac troponin I increased
    13 Cardiac troponin T increased
    1234 Cholesterol high
    1234 Creatinine increased
    234 Ejection fraction decreased
    1234 Electrocardiogram QT corrected interval prolonged
    12 Electrocardiogram T wave abnormal
    1234 Fibrinogen decreased
    1234 Forced expiratory volume decreased
    1234 GGT increased
    12 Growth hormone abnormal
    1 Haptoglobin decreased
    123 Hemoglobin increased
    123 INR increased
    12345 Investigations - Other, specify
    1234 Lipase increased
    1234 Lymphocyte count decreased
    23 Lymphocyte count increased
    1234 Neutrophil count decreased
    123 Pancreatic enzymes decreased
    1234 Platelet count decreased
    1234 Serum amylase increased
    1 Thyroid stimulating hormone increased
    34 Urine output decreased
    123 Vital capacity abnormal
    123 Weight gain
    123 Weight loss
    1234 White blood cell decreased
    # Metabolism and nutrition disorders
    1345 Acidosis
    2345 Alcohol intolerance
    1345 Alkalosis
    12345 Anorexia
    12345 Dehydration
    12345 Glucose intolerance
    12345 Hypercalcemia
    12345 Hyperglycemia
    12345 Hyperkalemia
    1234 Hyperlipidemia
    1345 Hypermagnesemia
    12345 Hypernatremia
    12345 Hyperphosphatemia
    12345 Hypertriglyceridemia
    1345 Hyperuricemia
    12345 Hypoalbuminemia
    12345 Hypocalcemia
    12345 Hypoglycemia
    12345 Hypokalemia
    12345 Hypomagnesemia
    12345 Hyponatremia
    12345 Hypophosphatemia
    2345 Iron overload
    12345 Metabolism and nutrition disorders - Other, specify
    234 Obesity
    345 Tumor lysis syndrome
    # Musculoskeletal and connective tissue disorders
    2345 Abdominal soft tissue necrosis
    123 Arthralgia
    123 Arthritis
    12345 Avascular necrosis
    123 Back pain
    123 Bone pain
    123 Buttock pain
    2345 Chest wall necrosis
    123 Chest wall pain
    123 Exostosis
    12345 Fibrosis deep connective tissue
    123 Flank pain
    123 Generalized muscle weakness
    123 Growth suppression
    2345 Head soft tissue necrosis
    123 Joint effusion
    123 Joint range of motion decreased
    123 Joint range of motion decreased cervical spine
    123 Joint range of motion decreased lumbar spine
    123 Kyphosis
    123 Lordosis
    123 Muscle cramp
    123 Muscle weakness lower limb
    123 Muscle weakness trunk
    123 Muscle weakness upper limb
    12345 Musculoskeletal and connective tissue disorder - Other, specify
    123 Musculoskeletal deformity
    123 Myalgia
    1234 Myositis
    123 Neck pain
    2345 Neck soft tissue necrosis
    12345 Osteonecrosis
    12345 Osteonecrosis of jaw
    123 Osteoporosis
    123 Pain in extremity
    2345 Pelvic soft tissue necrosis
    12345 Rhabdomyolysis
    123 Rotator cuff injury
    123 Scoliosis
    2345 Soft tissue necrosis lower limb
    2345 Soft tissue necrosis upper limb
    12345 Superficial soft tissue fibrosis
    123 Trismus
    123 Unequal limb length
    # Neoplasms benign, malignant and unspecified (incl cysts and polyps)
    45 Leukemia secondary to oncology chemotherapy
    45 Myelodysplastic syndrome
    12345 Neoplasms benign, malignant and unspecified (incl cysts and polyps) - Other, specify
    12 Skin papilloma
    345 Treatment related secondary malignancy
    12345 Tumor hemorrhage
    123 Tumor pain
    # Nervous system disorders
    123 Abducens nerve disorder
    123 Accessory nerve disorder
    123 Acoustic nerve disorder NOS
    123 Akathisia
    123 Amnesia
    1 Anosmia
    3 Aphonia
    12345 Arachnoiditis
    123 Ataxia
    123 Brachial plexopathy
    12345 Central nervous system necrosis
    12345 Cerebrospinal fluid leakage
    123 Cognitive disturbance
    123 Concentration impairment
    12345 Depressed level of consciousness
    123 Dizziness
    123 Dysarthria
    123 Dysesthesia
    12 Dysgeusia
    123 Dysphasia
    345 Edema cerebral
    12345 Encephalopathy
    12345 Extrapyramidal disorder
    123 Facial muscle weakness
    123 Facial nerve disorder
    12345 Glossopharyngeal nerve disorder
    12345 Guillain-Barre syndrome
    123 Headache
    12345 Hydrocephalus
    123 Hypersomnia
    123 Hypoglossal nerve disorder
    12345 Intracranial hemorrhage
    12 Ischemia cerebrovascular
    12 Lethargy
    12345 Leukoencephalopathy
    123 Memory impairment
    12345 Meningismus
    123 Movements involuntary
    123 Muscle weakness left-sided
    123 Muscle weakness right-sided
    12345 Myasthenia gravis
    12345 Nervous system disorders - Other, specify
    123 Neuralgia
    23 Nystagmus
    123 Oculomotor nerve disorder
    23 Olfactory nerve disorder
    123 Paresthesia
    12345 Peripheral motor neuropathy
    1234 Peripheral sensory neuropathy
    123 Phantom pain
    2 Presyncope
    12345 Pyramidal tract syndrome
    12345 Radiculitis
    12345 Recurrent laryngeal nerve palsy
    2345 Reversible posterior leukoencephalopathy syndrome
    12345 Seizure
    12345 Somnolence
    12345 Spasticity
    345 Spinal cord compression
    12345 Stroke
    3 Syncope
    123 Tendon reflex decreased
    12 Transient ischemic attacks
    123 Tremor
    123 Trigeminal nerve disorder
    123 Trochlear nerve disorder
    12345 Vagus nerve disorder
    345 Vasovagal reaction
    # Pregnancy, puerperium and perinatal conditions
    234 Fetal growth retardation
    4 Pregnancy loss
    12345 Pregnancy, puerperium and perinatal conditions - Other, specify
    1234 Premature delivery
    # Psychiatric disorders
    1234 Agitation
    12 Anorgasmia
    1234 Anxiety
    1234 Confusion
    12 Delayed orgasm
    12345 Delirium
    2345 Delusions
    12345 Depression
    123 Euphoria
    12345 Hallucinations
    123 Insomnia
    123 Irritability
    12 Libido decreased
    1 Libido increased
    12345 Mania
    1234 Personality change
    12345 Psychiatric disorders - Other, specify
    12345 Psychosis
    123 Restlessness
    1234 Suicidal ideation
    345 Suicide attempt
    # Renal and urinary disorders
    345 Acute kidney injury
    2345 Bladder perforation
    123 Bladder spasm
    12345 Chronic kidney disease
    12345 Cystitis noninfective
    1 Dysuria
    1 Glucosuria
    12345 Hematuria
    1 Hemoglobinuria
    345 Nephrotic syndrome
    123 Proteinuria
    12345 Renal and urinary disorders - Other, specify
    12345 Renal calculi
    123 Renal colic
    12345 Renal hemorrhage
    2345 Urinary fistula
    12 Urinary frequency
    123 Urinary incontinence
    12345 Urinary retention
    12345 Urinary tract obstruction
    123 Urinary tract pain
    12 Urinary urgency
    1 Urine discoloration
    # Reproductive system and breast disorders
    2 Amenorrhea
    2 Azoospermia
    123 Breast atrophy
    123 Breast pain
    123 Dysmenorrhea
    123 Dyspareunia
    12 Ejaculation disorder
    123 Erectile dysfunction
    123 Fallopian tube obstruction
    12 Feminization acquired
    123 Genital edema
    123 Gynecomastia
    12345 Hematosalpinx
    12 Irregular menstruation
    12 Lactation disorder
    12345 Menorrhagia
    12 Nipple deformity
    1 Oligospermia
    12345 Ovarian hemorrhage
    12345 Ovarian rupture
    2 Ovulation pain
    123 Pelvic floor muscle weakness
    123 Pelvic pain
    123 Penile pain
    123 Perineal pain
    2 Premature menopause
    12345 Prostatic hemorrhage
    123 Prostatic obstruction
    123 Prostatic pain
    12345 Reproductive system and breast disorders - Other, specify
    123 Scrotal pain
    12345 Spermatic cord hemorrhage
    123 Spermatic cord obstruction
    1234 Testicular disorder
    12345 Testicular hemorrhage
    123 Testicular pain
    12345 Uterine fistula
    12345 Uterine hemorrhage
    123 Uterine obstruction
    123 Uterine pain
    12 Vaginal discharge
    123 Vaginal dryness
    12345 Vaginal fistula
    12345 Vaginal hemorrhage
    1234 Vaginal inflammation
    123 Vaginal obstruction
    123 Vaginal pain
    2345 Vaginal perforation
    1235 Vaginal stricture
    # Respiratory, thoracic and mediastinal disorders
    345 Adult respiratory distress syndrome
    12 Allergic rhinitis
    345 Apnea
    12345 Aspiration
    12345 Atelectasis
    12345 Bronchial fistula
    12345 Bronchial obstruction
    12345 Bronchial stricture
    12345 Bronchopleural fistula
    12345 Bronchopulmonary hemorrhage
    12345 Bronchospasm
    12345 Chylothorax
    123 Cough
    12345 Dyspnea
    12345 Epistaxis
    123 Hiccups
    123 Hoarseness
    2345 Hypoxia
    12345 Laryngeal edema
    12345 Laryngeal fistula
    12345 Laryngeal hemorrhage
    123 Laryngeal inflammation
    12345 Laryngeal mucositis
    12345 Laryngeal obstruction
    12345 Laryngeal stenosis
    12345 Laryngopharyngeal dysesthesia
    2345 Laryngospasm
    12345 Mediastinal hemorrhage
    123 Nasal congestion
    123 Oropharyngeal pain
    12345 Pharyngeal fistula
    12345 Pharyngeal hemorrhage
    12345 Pharyngeal mucositis
    345 Pharyngeal necrosis
    12345 Pharyngeal stenosis
    123 Pharyngolaryngeal pain
    12345 Pleural effusion
    12345 Pleural hemorrhage
    123 Pleuritic pain
    12345 Pneumonitis
    12345 Pneumothorax
    12 Postnasal drip
    123 Productive cough
    12345 Pulmonary edema
    12345 Pulmonary fibrosis
    12345 Pulmonary fistula
    12345 Pulmonary hypertension
    45 Respiratory failure
    12345 Respiratory, thoracic and mediastinal disorders - Other, specify
    12345 Retinoic acid syndrome
    1 Rhinorrhea
    12345 Sinus disorder
    123 Sinus pain
    12345 Sleep apnea
    12 Sneezing
    123 Sore throat
    345 Stridor
    12345 Tracheal fistula
    12345 Tracheal mucositis
    12345 Tracheal stenosis
    123 Voice alteration
    12345 Wheezing
    # Skin and subcutaneous tissue disorders
    12 Alopecia
    12 Body odor
    12345 Bullous dermatitis
    123 Dry skin
    123 Eczema
    12345 Erythema multiforme
    2345 Erythroderma
    123 Fat atrophy
    1 Hair color changes
    1 Hair texture abnormal
    12 Hirsutism
    123 Hyperhidrosis
    13 Hyperkeratosis
    12 Hypertrichosis
    2345 Hypohidrosis
    123 Lipohypertrophy
    1 Nail changes
    1 Nail discoloration
    12 Nail loss
    1 Nail ridging
    123 Pain of skin
    123 Palmar-plantar erythrodysesthesia syndrome
    12345 Photosensitivity
    123 Pruritus
    123 Purpura
    12345 Rash acneiform
    123 Rash maculo-papular
    123 Scalp pain
    12345 Skin and subcutaneous tissue disorders - Other, specify
    123 Skin atrophy
    12 Skin hyperpigmentation
    12 Skin hypopigmentation
    12345 Skin induration
    12345 Skin ulceration
    345 Stevens-Johnson syndrome
    123 Subcutaneous emphysema
    12 Telangiectasia
    45 Toxic epidermal necrolysis
    123 Urticaria
    # Social circumstances
    12345 Social circumstances - Other, specify
    # Surgical and medical procedures
    12345 Surgical and medical procedures - Other, specify
    # Vascular disorders
    345 Arterial thromboembolism
    12345 Capillary leak syndrome
    123 Flushing
    12345 Hematoma
    123 Hot flashes
    12345 Hypertension
    12345 Hypotension
    2345 Lymph leakage
    123 Lymphedema
    123 Lymphocele
    2345 Peripheral ischemia
    2 Phlebitis
    2 Superficial thrombophlebitis
    12345 Superior vena cava syndrome
    12345 Thromboembolic event
    12345 Vascular disorders - Other, specify
    12345 Vasculitis
    """
}
